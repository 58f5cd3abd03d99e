// The products that are measured, and how each is used.
//
// In each, `address` is the page that shows so many events. `event` selects what may be the first of an event on the screen,
// `label` the words beside it, `target` what one clicks, and `chart` where one drags and turns the wheel. `detail` says in the
// page whether the click on a target has done what it should; `refusal` says there why no event will come, if the page tells.
// `zoomer` gives back how to make one step of zoom: a wheel makes it 1.2 times. `swing` is how many steps are made inward
// before as many outward, and `stepsIn` how many lead to about a ninth of the history, where panning begins.

/** Half of 300 pixels of the wheel double the zoom, as Ctrl is held so that it zooms wherever focus is. */
const WHEEL_PX = 150 * Math.log2(1.2);

const CTRL = 2;

export const PRODUCTS = {
  annals: {
    title: "Annals",
    address: (size) => `/annals/index.html?src=annals-${size}.json`,
    event: '[data-timeline="bench"] [data-event-id] :is(svg, .lb:not(.sr))',
    label: '[data-timeline="bench"] .lb:not(.sr)',
    target: '[data-timeline="bench"] [data-event-id] .lb:not(.sr)',
    chart: '[data-timeline="bench"]',
    detail: () => {
      const box = document.querySelector("[data-detail]")?.getBoundingClientRect();
      return box !== undefined && box.width > 0 && box.left < innerWidth;
    },
    refusal: () => document.querySelector('[role="alert"]')?.innerText,
    zoomer: async (browser, { x, y }) => {
      const turn = (deltaY) => browser.mouse("mouseWheel", x, y, { deltaX: 0, deltaY, modifiers: CTRL });
      return (inward) => turn(inward ? -WHEEL_PX : WHEEL_PX);
    },
    swing: 30,
    stepsIn: 12,
  },

  "vis-timeline": {
    title: "vis-timeline",
    address: (size) => `/pages/vis-timeline.html?src=/data/vis-timeline-${size}.json`,
    event: ".vis-item",
    label: ".vis-item .vis-item-content",
    target: ".vis-item .vis-item-content",
    chart: ".vis-center",
    // It has no detail: what it does is to mark the event.
    detail: (target) => target.closest(".vis-item").classList.contains("vis-selected"),
    refusal: () => undefined,
    // A notch of the wheel is a fifth, however far it turns.
    zoomer: async (browser, { x, y }) => {
      const turn = (deltaY) => browser.mouse("mouseWheel", x, y, { deltaX: 0, deltaY });
      return (inward) => turn(inward ? -100 : 100);
    },
    swing: 30,
    stepsIn: 12,
  },

  timelinejs: {
    title: "TimelineJS",
    address: (size) => `/pages/timelinejs.html?src=/data/timelinejs-${size}.json`,
    event: ".tl-timemarker-content-container, .tl-slide .tl-headline",
    label: ".tl-timemarker .tl-headline",
    target: ".tl-timemarker:not(.tl-timemarker-active) .tl-timemarker-content-container",
    chart: ".tl-timenav",
    // The slide of the event pushes the one before away; it is there when it has come more than half of the way.
    detail: (target) => {
      const slide = document.getElementById(target.closest(".tl-timemarker").id.replace(/-marker$/, ""));
      const box = slide?.getBoundingClientRect();
      return box !== undefined && Math.abs(box.left) < innerWidth / 2;
    },
    refusal: () => undefined,
    // It zooms by its buttons alone, from 1 to 89 screens in nine steps.
    zoomer: async (browser) => {
      const middle = (icon) => browser.call((selector) => bench.middle(selector), icon);
      const [inner, outer] = [await middle(".tl-icon-zoom-in"), await middle(".tl-icon-zoom-out")];
      return (inward) => browser.click(inward ? inner : outer);
    },
    swing: 6,
    stepsIn: 4,
  },
};
