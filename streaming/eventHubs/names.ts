/** The pattern of a name, with the sentence that explains it. */
export interface NameRule {
  readonly pattern: RegExp;
  readonly rule: string;
}

/** Microsoft.EventHub/namespaces/eventhubs in resource-name-rules.md (MicrosoftDocs/azure-docs). */
export const hubNameRule: NameRule = {
  pattern: /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,254}[A-Za-z0-9])?$/,
  rule: "A hub's name has 1 to 256 letters, digits, `.`, `-` and `_`, and starts and ends with a letter or digit.",
};

/** Microsoft.EventHub/namespaces/eventhubs/consumergroups, likewise. */
export const consumerGroupNameRule: NameRule = {
  pattern: /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,48}[A-Za-z0-9])?$/,
  rule: "A consumer group's name has 1 to 50 letters, digits, `.`, `-` and `_`, and starts and ends with a letter or digit.",
};

/** The consumer group that every hub has from the start. */
export const defaultConsumerGroup = "$Default";
