export interface Question {
  question: string
  yes: string
  answer: (yes: boolean) => void
}

class Confirm {
  question = $state.raw<Question>()

  ask(question: string, yes: string): Promise<boolean> {
    return new Promise((resolve) => {
      this.question = {
        question,
        yes,
        answer: (answer) => {
          this.question = undefined
          resolve(answer)
        },
      }
    })
  }
}

export const confirm = new Confirm()
