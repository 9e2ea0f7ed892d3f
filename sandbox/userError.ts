/** A mistake that the person at the keyboard can mend: shown as a sentence, without a stack trace. */
export class UserError extends Error {
  /** 2: used wrongly; 1: it could not be done. */
  readonly exitCode: number;

  constructor(message: string, exitCode = 2) {
    super(message);
    this.exitCode = exitCode;
  }
}
