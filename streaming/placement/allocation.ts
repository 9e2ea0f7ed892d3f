import type { Limits } from "./limits.ts";
import { lowestFree, numberIn, type Placement } from "./placement.ts";

/** A place with a namespace, and perhaps an export setting. */
interface PartPlace {
  readonly namespace: string;
  readonly exportSetting: string | undefined;
}

/** The places of tables while the plan is built. It never exceeds its limits. */
export class Allocation {
  readonly #places = new Map<string, PartPlace>();
  readonly #limits: Limits;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  get isEmpty(): boolean {
    return this.#places.size === 0;
  }

  get namespaces(): string[] {
    return inNumberOrder([...this.#places.values()].map(({ namespace }) => namespace));
  }

  get exportSettings(): string[] {
    return inNumberOrder([...this.#places.values()].flatMap(({ exportSetting }) => exportSetting ?? []));
  }

  placeOf(table: string): PartPlace | undefined {
    return this.#places.get(table);
  }

  tablesIn(exportSetting: string): string[] {
    return [...this.#places]
      .filter(([, place]) => place.exportSetting === exportSetting)
      .map(([table]) => table);
  }

  namespaceOf(exportSetting: string): string | undefined {
    return [...this.#places.values()].find((place) => place.exportSetting === exportSetting)?.namespace;
  }

  /** How many tables are in the namespace. */
  inhabitants(namespace: string): number {
    return [...this.#places.values()].filter((place) => place.namespace === namespace).length;
  }

  /** Whether the namespace has room for another table. A new namespace has, unless no more are allowed. */
  namespaceHasRoom(namespace: string): boolean {
    const { keys, rooms, perNamespace, namespaces } = this.#limits;
    const inside = this.inhabitants(namespace);
    const isThere = inside > 0 || this.namespaces.length < namespaces;
    const mayBe = keys?.includes(namespace) ?? true;
    return isThere && mayBe && inside < (rooms?.get(namespace) ?? perNamespace);
  }

  /** Whether the export setting has room for another table of the namespace. */
  exportSettingHasRoom(exportSetting: string, namespace: string): boolean {
    const home = this.namespaceOf(exportSetting) ?? namespace;
    return home === namespace && this.tablesIn(exportSetting).length < this.#limits.perExportSetting;
  }

  put(table: string, namespace: string, exportSetting: string | undefined): void {
    this.#places.set(table, { namespace, exportSetting });
  }

  /** A key for a new namespace; undefined if no more are allowed. */
  newNamespace(): string | undefined {
    const { keys } = this.#limits;
    if (keys === undefined) return lowestFree("ns", this.namespaces);
    return keys.find((key) => this.inhabitants(key) === 0 && this.namespaceHasRoom(key));
  }

  /** A key for a new export setting. */
  newExportSetting(): string {
    return lowestFree("export", this.exportSettings);
  }

  /** The finished placement of the tables, in their order. */
  placementOf(tables: readonly string[]): Placement {
    return Object.fromEntries(
      tables.map((table) => {
        const place = this.#places.get(table);
        if (place?.exportSetting === undefined)
          throw new Error(`${table} has no place: this is a bug of the plan.`);
        return [table, { namespace: place.namespace, exportSetting: place.exportSetting }];
      }),
    );
  }
}

function inNumberOrder(keys: readonly string[]): string[] {
  return [...new Set(keys)].sort((a, b) => numberIn(a) - numberIn(b));
}
