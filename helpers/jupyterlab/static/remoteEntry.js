// JupyterLab shows a picture without the alternative text that its output's metadata holds; this adds it.
// Written by hand as JupyterLab's prebuilt extensions are: a container with init and get, no build step.
(() => {
  const RENDERMIME = "@jupyterlab/rendermime";
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

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["picture-descriptions"] = {
    init: (scope) => {
      shared = scope;
    },
    get: async () => {
      const made = await plugin();
      return () => ({ __esModule: true, default: made });
    },
  };
})();
