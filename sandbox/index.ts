/** The parts of the sandbox's commands, for tests and their runner. */
export type { Snapshot } from "./azure/snapshot.ts";
export { findEngine, noEngineMessage } from "./engine/engine.ts";
export { forgetClouds } from "./environment.ts";
export { newSalt, secure } from "./passphrase.ts";
export { duration, progress } from "./progress.ts";
export { Project } from "./project.ts";
export { checkout, type Result, Sandbox } from "./sandbox.ts";
