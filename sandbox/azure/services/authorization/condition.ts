import type { Body } from "../../state.ts";

/** What a condition is checked against. */
export interface Attempt {
  readonly action: string;
  /** The body that was sent. */
  readonly request: unknown;
  /** The existing assignment; undefined: there is none yet. */
  readonly resource: Body | undefined;
}

/**
 * Whether a condition on a role assignment is fulfilled (conditions-format.md, MicrosoftDocs/azure-docs): `AND`, `OR`, `!`, brackets,
 * `ActionMatches{'…'}`, and `@Request[…]` or `@Resource[…]` compared with a list of GUIDs or texts. What cannot be read is
 * not fulfilled.
 */
export function isFulfilled(condition: string, attempt: Attempt): boolean {
  const tokens = condition.match(/ActionMatches\{'[^']*'\}|@\w+\[[^\]]*\]|\{[^}]*\}|[\w:]+|[!()]/g) ?? [];
  const reader = new Reader(tokens, attempt);
  return reader.either() && reader.isAtEnd;
}

class Reader {
  readonly #tokens: readonly string[];
  readonly #attempt: Attempt;
  #at = 0;

  constructor(tokens: readonly string[], attempt: Attempt) {
    this.#tokens = tokens;
    this.#attempt = attempt;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  either(): boolean {
    let result = this.#all();
    while (this.#take("OR")) result = this.#all() || result;
    return result;
  }

  #all(): boolean {
    let result = this.#one();
    while (this.#take("AND")) result = this.#one() && result;
    return result;
  }

  #one(): boolean {
    if (this.#take("!")) return !this.#one();
    if (this.#take("(")) {
      const result = this.either();
      return this.#take(")") && result;
    }
    const word = this.#next();
    const action = /^ActionMatches\{'(.*)'\}$/.exec(word)?.[1];
    if (action !== undefined) return action.toLowerCase() === this.#attempt.action.toLowerCase();
    return this.#compare(word, this.#next(), this.#next());
  }

  #compare(attribute: string, operator: string, list: string): boolean {
    const value = lastPart(this.#valueOf(attribute));
    const values = list
      .replaceAll(/[{}']/g, "")
      .split(",")
      .map((one) => one.trim().toLowerCase());
    switch (operator) {
      case "ForAnyOfAnyValues:GuidEquals":
      case "ForAnyOfAnyValues:StringEqualsIgnoreCase":
        return values.includes(value);
      case "ForAnyOfAllValues:GuidNotEquals":
      case "ForAnyOfAllValues:StringNotEqualsIgnoreCase":
        return !values.includes(value);
      default:
        return false;
    }
  }

  /** `@Request[Microsoft.Authorization/roleAssignments:PrincipalType]` is the property `principalType` of what was sent. */
  #valueOf(attribute: string): unknown {
    const [, source, name = ""] = /^@(Request|Resource)\[[^:]*:(\w+)\]$/.exec(attribute) ?? [];
    const body = (source === "Request" ? this.#attempt.request : this.#attempt.resource) as Body | undefined;
    return body?.properties?.[name.charAt(0).toLowerCase() + name.slice(1)];
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at]?.toUpperCase() !== token) return false;
    this.#at += 1;
    return true;
  }

  #next(): string {
    return this.#tokens[this.#at++] ?? "";
  }
}

/** The GUID at the end of an id. */
function lastPart(value: unknown): string {
  return typeof value === "string" ? value.slice(value.lastIndexOf("/") + 1).toLowerCase() : "";
}
