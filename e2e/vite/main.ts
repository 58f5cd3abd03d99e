import { AnnalsTimeline, type SelectDetail } from "annals-timeline";
import "./main.css";

const timeline = document.querySelector("annals-timeline");
if (!(timeline instanceof AnnalsTimeline)) throw new TypeError("the element is not there");
timeline.addEventListener("select", ({ detail }: CustomEvent<SelectDetail>) => {
  document.querySelector("output")!.textContent = detail.event ?? "none";
});
timeline.theme = "dark";
// @ts-expect-error Its view is a text.
const view: number = timeline.view;
console.assert(String(view) === "");
