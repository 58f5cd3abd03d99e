// Gives each frame with an Annals timeline in this page the height that it asks for.
addEventListener("message", ({ source, data }) => {
  if (data?.annals !== 1 || data.type !== "size" || !(data.height > 0)) return;
  for (const frame of document.querySelectorAll("iframe")) {
    if (frame.contentWindow === source) frame.style.height = `${Math.min(data.height, 2000)}px`;
  }
});
