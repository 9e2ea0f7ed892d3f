import { expect, test } from "vitest";
import { swallowedFlags } from "../swallowedFlags.ts";

test.each<[args: string[], environment: Record<string, string>, meant: string | undefined]>([
  [["preview", "tour"], { npm_config_stack: "true" }, "preview --stack tour"],
  [["preview"], { npm_config_stack: "tour" }, "preview --stack tour"],
  [["destroy"], { npm_config_stack: "tour", npm_config_yes: "true" }, "destroy --yes --stack tour"],
  [["preview", "tour"], {}, "preview --stack tour"],
  [["preview", "stack", "tour"], {}, "preview --stack tour"],
  [["preview", "--stack", "tour"], {}, undefined],
  [["example", "government-cloud"], {}, undefined],
  [[], { npm_config_yes: "true" }, undefined],
])("of %j with %j npm kept: %s", (args, environment, meant) => {
  expect(swallowedFlags(args, environment)).toBe(meant);
});
