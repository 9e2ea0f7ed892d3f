import type { Question } from "./question.ts";
import { closedNamespace } from "./questions/closedNamespace.ts";
import { closedStorage } from "./questions/closedStorage.ts";
import { hierarchicalStorage } from "./questions/hierarchicalStorage.ts";
import { hubPolicy } from "./questions/hubPolicy.ts";
import { localAuth } from "./questions/localAuth.ts";
import { ownContainers } from "./questions/ownContainers.ts";
import { ownHubs } from "./questions/ownHubs.ts";
import { rates } from "./questions/rates.ts";
import { roleGone } from "./questions/roleGone.ts";
import { storageKey } from "./questions/storageKey.ts";
import { storageTypes } from "./questions/storageTypes.ts";
import { typesPerSetting } from "./questions/typesPerSetting.ts";
import { writerKey } from "./questions/writerKey.ts";

/** In the order in which they are listed, and in which docs/unknowns.md has them. */
export const questions: readonly Question[] = [
  writerKey,
  localAuth,
  closedNamespace,
  ownHubs,
  hubPolicy,
  typesPerSetting,
  roleGone,
  rates,
  storageKey,
  closedStorage,
  hierarchicalStorage,
  ownContainers,
  storageTypes,
];
