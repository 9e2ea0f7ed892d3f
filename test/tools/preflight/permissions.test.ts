import { describe, expect, it } from "vitest";
import { covers } from "../../../azure/actions.ts";
import { isAllowed } from "../../../tools/preflight/permissions.ts";

const write = "Microsoft.EventHub/namespaces/write";
const allows = (...permissions: { actions: string[]; notActions?: string[] }[]) =>
  isAllowed(
    write,
    permissions.map(({ actions, notActions = [] }) => ({ actions, notActions })),
  );

describe("an action", () => {
  it.each([
    ["*", true],
    ["*/write", true],
    ["microsoft.eventhub/*", true],
    ["Microsoft.EventHub/namespaces/*", true],
    ["Microsoft.EventHub/*/eventhubs/write", false],
    ["Microsoft.EventHub/namespaces/*/write", true],
    ["*/read", false],
    ["MicrosoftXEventHub/namespaces/write", false],
    ["Microsoft.EventHub/namespaces", false],
  ])("is covered by %s: %s", (pattern, covered) => {
    expect(covers(pattern, write)).toBe(covered);
  });

  it("is allowed if one of the roles has it", () => {
    expect(allows()).toBe(false);
    expect(allows({ actions: ["*/read"] }, { actions: ["Microsoft.EventHub/*"] })).toBe(true);
  });

  it("is taken away by a role's notActions from that role only", () => {
    const less = { actions: ["*"], notActions: ["Microsoft.EventHub/*"] };
    expect(allows(less)).toBe(false);
    expect(allows(less, { actions: ["*/write"] })).toBe(true);
  });
});
