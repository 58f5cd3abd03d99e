/** What a `select` event tells when the reader chooses an event or closes it: the id and the title of the event that was chosen, or null for none. */
export interface SelectDetail {
  event: string | null;
  title: string | null;
}

/** `<annals-timeline>`: a timeline as an element of any page. What stands in it is the fallback until the timeline runs, and is
 * printed. `lang`, its own or that of the page around, is the language of names and texts, as far as the data have it. An
 * `error` event tells why a file of `src` cannot be shown; what stands in the element is shown below that. */
export class AnnalsTimeline extends HTMLElement {
  /** Address of a file with another timeline, as the page would resolve it; empty for the timeline of the folder. */
  src: string;
  /** Id of the chosen event; null for none. It follows what the reader chooses. */
  event: string | null;
  /** `light`, `dark`, `contrast`, or empty for the colour scheme of the page. */
  theme: string;
  /** First and last day in view, `1945-08-05/1945-09-04`; empty for the whole story. Setting it leads there, again and again. */
  view: string;
  /** Chooses an event by its id; none with null. */
  select(event: string | null): void;
  addEventListener(
    type: "select",
    listener: (this: AnnalsTimeline, event: CustomEvent<SelectDetail>) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (this: AnnalsTimeline, event: HTMLElementEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "annals-timeline": AnnalsTimeline;
  }
}
