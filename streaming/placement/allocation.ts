import type { Limits } from "./limits.ts";
import { lowestFree, numberIn, type Placement } from "./placement.ts";

/** A namespace taken already, the export setting perhaps not yet. */
interface PartPlace {
  readonly namespace: string;
  readonly exportSetting: string | undefined;
}

/** Who sits where while a plan is made. It never exceeds the limits it was made with. */
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

  /** Whether the namespace can take another table. A new namespace can, unless there must be no more of them. */
  namespaceHasRoom(namespace: string): boolean {
    const { keys, rooms, perNamespace, namespaces } = this.#limits;
    const inside = this.inhabitants(namespace);
    const isThere = inside > 0 || this.namespaces.length < namespaces;
    const mayBe = keys?.includes(namespace) ?? true;
    return isThere && mayBe && inside < (rooms?.get(namespace) ?? perNamespace);
  }

  /** Whether the export setting can take another table that is in the namespace. */
  exportSettingHasRoom(exportSetting: string, namespace: string): boolean {
    const home = this.namespaceOf(exportSetting) ?? namespace;
    return home === namespace && this.tablesIn(exportSetting).length < this.#limits.perExportSetting;
  }

  put(table: string, namespace: string, exportSetting: string | undefined): void {
    this.#places.set(table, { namespace, exportSetting });
  }

  /** A key for a namespace that is not there yet; undefined when there must be no more of them. */
  newNamespace(): string | undefined {
    const { keys } = this.#limits;
    if (keys === undefined) return lowestFree("ns", this.namespaces);
    return keys.find((key) => this.inhabitants(key) === 0 && this.namespaceHasRoom(key));
  }

  /** A key for an export setting that is not there yet. */
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
