import { expect, test } from "vitest";
import { filled, parameterValues } from "../../../plugins/azureNative/path.ts";
import { unknown } from "../../../plugins/properties.ts";

const consumerGroup =
  "/subscriptions/{subscriptionId}/hubs/{eventHubName}/consumergroups/{consumerGroupName}";
const assignment = "/{+scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}";

test("a path parameter is encoded as one segment, and $Default stays readable", () => {
  const id = filled(consumerGroup, {
    subscriptionId: "s",
    eventHubName: "a b/c",
    consumerGroupName: "$Default",
  });
  expect(id).toBe("/subscriptions/s/hubs/a%20b%2Fc/consumergroups/$Default");
});

test("a scope stands for a whole path, with or without slashes around it", () => {
  const expected = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Authorization/roleAssignments/r";
  for (const scope of ["/subscriptions/s/resourceGroups/rg", "subscriptions/s/resourceGroups/rg/"]) {
    expect(filled(assignment, { scope, roleAssignmentName: "r" })).toBe(expected);
  }
});

test("a path with a missing or unknown parameter cannot be filled, and the error names the parameter", () => {
  expect(() => filled(consumerGroup, { subscriptionId: "s", eventHubName: "h" })).toThrow(
    "'consumerGroupName'",
  );
  expect(() => filled(assignment, { scope: unknown, roleAssignmentName: "r" })).toThrow("'scope'");
});

test("an id gives its parameters back, whatever the letter case of its fixed parts", () => {
  const id = "/SUBSCRIPTIONS/s/hubs/h%20h/consumerGroups/$Default";
  expect(parameterValues(consumerGroup, id)).toEqual({
    subscriptionId: "s",
    eventHubName: "h%20h",
    consumerGroupName: "$Default",
  });
  expect(
    parameterValues(assignment, "/subscriptions/s/providers/Microsoft.Authorization/roleAssignments/r"),
  ).toEqual({
    scope: "/subscriptions/s",
    roleAssignmentName: "r",
  });
});

test("an id of another type is refused", () => {
  expect(() => parameterValues(consumerGroup, "/subscriptions/s/hubs/h")).toThrow("failed to parse");
});
