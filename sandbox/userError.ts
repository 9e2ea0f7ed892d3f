/** A mistake that the user can fix: shown as a sentence, without a stack trace. */
export class UserError extends Error {
  /** 2: used wrongly; 1: it could not be done. */
  readonly exitCode: number;

  constructor(message: string, exitCode = 2) {
    super(message);
    this.exitCode = exitCode;
  }
}

const reasons: Record<string, string> = {
  EACCES: "is not writable for you",
  EPERM: "is not writable for you",
  EROFS: "is on a read-only disk",
  ENOSPC: "is on a full disk",
  ENOTDIR: "is not a folder",
  EEXIST: "is not a folder",
};

/** What to say of an error that is no fault of the program; undefined for one that is. */
export function sentenceFor(error: unknown): string | undefined {
  if (error instanceof UserError) return error.message;
  const { code = "", path } = error as NodeJS.ErrnoException;
  const reason = reasons[code];
  if (reason === undefined || path === undefined) return undefined;
  return `${path} ${reason}. The sandbox keeps its files in .sandbox, or in the folder that SANDBOX_DIRECTORY names: make that folder writable, or name another one.`;
}
