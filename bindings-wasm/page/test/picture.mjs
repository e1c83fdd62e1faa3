// Makes the picture of the README: node test/picture.mjs

import { pathOf } from "../scripts/paths.mjs";
import { after, example, open, stop } from "./browser.mjs";

const PICTURE = pathOf("../../../docs/page.png");

const { page } = await open({ width: 1280, height: 1130 });
await example(page, "stripe", "reserialised-json");
await after(page, () => page.locator("#framework").selectOption("express"));
await page.evaluate(() => {
  document.activeElement.blur();
  scrollTo(0, 0);
});
await page.waitForTimeout(300);
await page.screenshot({ path: PICTURE });
await stop();
