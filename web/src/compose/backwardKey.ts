/** The key that goes back in what is read from either side. */
export const backwardKey = () => (document.dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft')
