import { expect, test } from "vitest";
import { isSandboxSalt, newSalt, secure } from "../passphrase.ts";
import { sandboxStackFile } from "../stackFile.ts";

// Written by `PULUMI_CONFIG_PASSPHRASE=other pulumi stack init`.
const someoneElses = "v1:yvczj++PVNc=:v1:iykLMWN2NnD3Ta6V:3UpIrH5ipqGrrSeM5w4Tt3RNyt5J2A==";

test("a stack file may hold secrets that are encrypted with the sandbox's passphrase", () => {
  const salt = newSalt();
  expect(isSandboxSalt(salt)).toBe(true);
  const text = `config:\n  a:b:\n    secure: ${secure(salt, "c")}\nencryptionsalt: ${salt}\n`;
  expect(sandboxStackFile({ name: "Pulumi.dev.yaml", text }, undefined)).toBe(text);
});

test("secrets of another passphrase are an error", () => {
  expect(isSandboxSalt(someoneElses)).toBe(false);
  const text = `config:\n  a:b:\n    secure: v1:x:y\nencryptionsalt: ${someoneElses}\n`;
  expect(() => sandboxStackFile({ name: "Pulumi.dev.yaml", text }, undefined)).toThrow(
    "Pulumi.dev.yaml holds encrypted values (a:b). Their key is not the sandbox's",
  );
});
