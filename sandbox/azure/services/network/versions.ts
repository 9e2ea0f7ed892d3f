/** Api-versions of Microsoft.Network for virtual networks and private endpoints (Azure/bicep-types-az), those before 2020-11-01 left out. */
export const versions = [
  ..."2020-11-01,2021-02-01,2021-03-01,2021-05-01,2021-08-01,2022-01-01,2022-05-01,2022-07-01,2022-09-01".split(
    ",",
  ),
  ..."2022-11-01,2023-02-01,2023-04-01,2023-05-01,2023-06-01,2023-09-01,2023-11-01,2024-01-01,2024-03-01".split(
    ",",
  ),
  ..."2024-05-01,2024-07-01,2024-10-01,2025-01-01,2025-03-01,2025-05-01,2025-07-01,2025-09-01".split(","),
];

/** Those of private DNS zones. */
export const dnsVersions = ["2018-09-01", "2020-01-01", "2020-06-01", "2024-06-01"];
