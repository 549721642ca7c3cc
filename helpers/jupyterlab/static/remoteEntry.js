// What JupyterLab leaves out of outputs: the alternative text that a picture's metadata holds, the names of sliders,
// and a word in place of an error where controls have lost their kernel and a still picture follows.
// Written by hand as JupyterLab's prebuilt extensions are: a container with init and get, no build step.
(() => {
  const RENDERMIME = "@jupyterlab/rendermime";
  const LOST = ".jp-OutputArea-child:has(+ * > .jp-RenderedImage) > .jupyter-widgets:not(:has(*))";
  const LOST_STYLE = `${LOST} { font-size: 0; }
    ${LOST}::after { content: "Run this cell to move the controls."; font-size: var(--jp-content-font-size1); }`;
  let shared;

  const plugin = async () => {
    const [version] = Object.values(shared[RENDERMIME]);
    const { IRenderMimeRegistry, RenderedImage } = (await version.get())();

    class DescribedImage extends RenderedImage {
      async render(model) {
        await super.render(model);
        const text = model.metadata[this.mimeType]?.alt;
        const image = this.node.querySelector("img");
        if (image && typeof text === "string") {
          image.alt = text;
        }
      }
    }

    return {
      id: "picture-descriptions:plugin",
      description: "Gives pictures in outputs the alternative text of their metadata.",
      autoStart: true,
      requires: [IRenderMimeRegistry],
      activate: (app, registry) => {
        const createRenderer = (options) => new DescribedImage(options);
        registry.addFactory({ safe: true, mimeTypes: ["image/png", "image/jpeg", "image/gif"], createRenderer }, 90);
      },
    };
  };

  const nameSliders = () => {
    for (const handle of document.querySelectorAll(".widget-slider .noUi-handle:not([aria-label])")) {
      const label = handle.closest(".widget-slider").querySelector(".widget-label");
      if (label?.textContent) {
        handle.setAttribute("aria-label", label.textContent);
      }
    }
  };

  const controls = {
    id: "picture-descriptions:controls",
    description: "Names the sliders of explorers, and says what to do where they have lost their kernel.",
    autoStart: true,
    activate: () => {
      const style = document.createElement("style");
      style.textContent = LOST_STYLE;
      document.head.append(style);
      new MutationObserver(nameSliders).observe(document.body, { childList: true, subtree: true });
    },
  };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["picture-descriptions"] = {
    init: (scope) => {
      shared = scope;
    },
    get: async () => {
      const made = await plugin();
      return () => ({ __esModule: true, default: [made, controls] });
    },
  };
})();
