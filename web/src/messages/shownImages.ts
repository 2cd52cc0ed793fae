/** Pictures that were handed to a message; their bytes are kept until they are forgotten. */
export interface ShownImages {
  /** Settles when every picture that can be had is there. */
  fetched: Promise<unknown>
  forget(): void
}
