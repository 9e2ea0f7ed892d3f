import { renderSettings } from "./tools/generate/settingsReference.ts";
console.log(await renderSettings());
