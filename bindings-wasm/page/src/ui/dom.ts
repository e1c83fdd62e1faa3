// Elements, made in one call. Text is always text: nothing of a delivery becomes markup.

type Child = Node | string | undefined | false;
type Value = string | number | boolean | undefined | ((event: Event) => void);

export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, Value>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  set(element, attributes);
  element.append(...children.filter(isNode));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(
  tag: string,
  attributes: Readonly<Record<string, Value>> = {},
  ...children: readonly Child[]
): SVGElement {
  const element = document.createElementNS(SVG, tag);
  set(element, attributes);
  element.append(...children.filter(isNode));
  return element;
}

/** The one element of this id. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren(...children.filter(isNode));
}

/** Text in which what stands between backticks is code. */
export function prose(text: string): Node[] {
  return text
    .split(/`([^`]*)`/)
    .map((piece, at) => (at % 2 === 1 ? h("code", {}, piece) : document.createTextNode(piece)));
}

/** A button that puts a text into the clipboard, and says so. */
export function copyButton(text: () => string, label = "Copy"): HTMLButtonElement {
  const button = h("button", { type: "button", class: "quiet" }, label);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = "Copied";
    } catch {
      button.textContent = "Select it and copy by hand";
    }
    setTimeout(() => (button.textContent = label), 1600);
  });
  return button;
}

function set(element: Element, attributes: Readonly<Record<string, Value>>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.replace(/^on/, ""), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
}

function isNode(child: Child): child is Node | string {
  return child !== undefined && child !== false;
}
