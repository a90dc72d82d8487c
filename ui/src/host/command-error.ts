import type { AppError, ErrorCode } from "../generated/api";

/** An `AppError` that can be thrown. */
export class CommandError extends Error implements AppError {
  override readonly name = "CommandError";
  readonly code: ErrorCode;
  readonly field: string | null;
  readonly detail: string | null;

  constructor(error: AppError) {
    super(error.message);
    this.code = error.code;
    this.field = error.field;
    this.detail = error.detail;
  }

  /** Makes sure that whatever was thrown reaches a screen as one shape. */
  static from(thrown: unknown, sentence = "Something unexpected happened. Try again."): CommandError {
    if (thrown instanceof CommandError) return thrown;
    if (isAppError(thrown)) return new CommandError(thrown);
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    return new CommandError({ code: "internal", message: sentence, field: null, detail });
  }
}

function isAppError(value: unknown): value is AppError {
  return typeof value === "object" && value !== null && "code" in value && "message" in value;
}
