/** Api-versions of Microsoft.EventHub (Azure/bicep-types-az, generated/eventhub), the two oldest left out. */
export const versions = [
  "2017-04-01",
  "2018-01-01-preview",
  "2021-01-01-preview",
  "2021-06-01-preview",
  "2021-11-01",
  "2022-01-01-preview",
  "2022-10-01-preview",
  "2023-01-01-preview",
  "2024-01-01",
  "2024-05-01-preview",
  "2025-05-01-preview",
  "2026-01-01",
  "2026-07-01-preview",
];
