import { ArmError } from "../../arm/error.ts";
import type { Answer } from "../../http.ts";

/** Azure Monitor's refusals have no envelope: `{"code","message"}`. */
export class MonitorError extends ArmError {
  constructor(message: string) {
    super(400, "BadRequest", message);
  }

  override answer(): Answer {
    const { status, code, message } = this;
    return { status, body: { code, message } };
  }
}
