import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseSettings } from "../../../settings/parse.ts";
import { assumedFacts } from "../../../streaming/existing/assumed.ts";
import { plan } from "../../../streaming/plan.ts";
import type { Plan } from "../../../streaming/planned.ts";
import { features } from "../../../streaming/deployer/features.ts";
import { deployerActions } from "../../../streaming/deployer/role.ts";
import type { Arm } from "../../../azure/arm.ts";
import type { Subject } from "../../../tools/preflight/check.ts";
import { permissions } from "../../../tools/preflight/checks/permissions.ts";
import { covers } from "../../../azure/actions.ts";

const subscriptionId = "3f9a6d52-81c7-4be0-a5d3-6e10b7c2f48d";
const examples = join(import.meta.dirname, "../../..", "examples");

function planOf(example: string) {
  const { config } = parse(readFileSync(join(examples, `${example}.yaml`), "utf8")) as {
    config: Record<string, unknown>;
  };
  const texts = Object.entries(config).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const { settings } = parseSettings(Object.fromEntries(texts) as Record<string, string>);
  return plan(settings, { existing: assumedFacts(settings, subscriptionId) });
}

/** Who may do everything on what others made, and these things in the subscription. */
function holding(plan: Plan, actions: readonly string[]): Subject {
  const azure = {
    list: (path: string) => {
      const [scope = "", question = ""] = path.split("/providers/Microsoft.Authorization/");
      if (!question.startsWith("permissions")) return Promise.resolve([]);
      return Promise.resolve([{ actions: scope === `/subscriptions/${subscriptionId}` ? actions : ["*"] }]);
    },
  };
  const account = { subscriptionId, objectId: "somebody", principalType: "ServicePrincipal" };
  return { plan, account, azure: azure as unknown as Arm } as unknown as Subject;
}

describe.each(readdirSync(examples).filter((file) => file.endsWith(".yaml")))(
  "the deployer of %s",
  (file) => {
    const parts = planOf(basename(file, ".yaml"));
    const problems = async (actions: readonly string[]) =>
      (await permissions.findings(holding(parts, actions))).filter(({ status }) => status === "problem");

    it("needs nothing beyond the role in the subscription", async () => {
      expect(await problems(deployerActions)).toEqual([]);
    });

    it("gets each action that is needed and missing, and no other one", async () => {
      const needed = features
        .filter(({ isIn, scopes }) => isIn(parts) && !scopes)
        .flatMap(({ actions }) => actions);
      for (const action of deployerActions) {
        const said = await problems(deployerActions.filter((one) => one !== action));
        const isNeeded = needed.some((one) => covers(action, one));
        expect(said.length > 0, action).toBe(isNeeded);
        for (const { what } of said) expect(what).toContain(action);
      }
    });
  },
);
