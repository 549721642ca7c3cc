"""The look of the course: image grids, comparisons, histograms, overlays, learning curves, confusion matrices.

Importing this module sets Matplotlib's defaults and gives figures alternative text. Every function draws on a new
figure and returns its axes; end the cell with plt.show(). Text is at least 10 pt at the size shown, figures have
100 dots an inch and are at most 11 inches wide. Colours are those of Okabe and Ito (2008), told apart by colour-blind
readers.
"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from helpers import alternative_text, validate

COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"]
WIDTH = 11  # inches: the widest figure
MOST, HEIGHT = 100, 60  # tiles of a grid, and inches of its height

plt.rcParams.update(
    {
        "figure.dpi": 100,
        "savefig.dpi": 100,
        "figure.figsize": (8, 4),
        "figure.constrained_layout.use": True,
        "font.size": 12,
        "axes.titlesize": 13,
        "axes.labelsize": 12,
        "legend.fontsize": 11,
        "xtick.labelsize": 11,
        "ytick.labelsize": 11,
        "figure.titlesize": 14,
        "lines.linewidth": 2,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.prop_cycle": plt.cycler(color=COLOURS, linestyle=["-", "--", "-.", ":", "-", "--", "-."]),
        "image.cmap": "gray",
        "image.interpolation": "nearest",
    }
)
alternative_text.switch_on()


def grid(images, titles=None, columns=4, ranges=True, size=2.6, limits="dtype", cmap=None, title=""):
    """Draw images in a grid, each with its title and, where `ranges`, its dtype and value range below.

    images: list of (H, W) or (H, W, 3) arrays; uint8, bool, or float. `size` is the width of a tile in inches.
    limits: "dtype" maps 0..255 (uint8), 0..1 (float, bool) to black..white, so that brightness can be compared;
    "each" stretches every image to its own range; or a pair (low, high) for all.
    Returns a flat list of Axes, one an image. Raises ValueError for an empty list, one image in place of a list, more
    than MOST images, an image of another shape, values that "dtype" would draw all white or black, a number of titles
    that is not the number of images, or other `limits`.
    """
    if isinstance(images, np.ndarray) and (images.ndim == 2 or images.ndim == 3 and images.shape[2] in (3, 4)):
        raise ValueError(f"grid() needs a list of images, not one image {images.shape}: give [image]")
    if images is None or not 0 < len(images) <= MOST:
        count = "nothing" if images is None else f"{len(images)} images"
        raise ValueError(f"grid() needs a list of 1 to {MOST} images, not {count}")
    images, columns = [np.asarray(image) for image in images], validate.whole(columns, "columns")
    for image in images:
        _check_image(image)
    titles = [""] * len(images) if titles is None else list(titles)
    if len(titles) != len(images):
        raise ValueError(f"grid() got {len(titles)} title(s) for {len(images)} image(s)")
    scales = [_limits(image, limits) for image in images]
    columns = min(columns, len(images))
    rows = -(-len(images) // columns)
    size = min(size, WIDTH / columns)
    tallest = max(image.shape[0] / image.shape[1] for image in images)
    height = rows * (size * tallest + 0.35 + 0.25 * ranges) + (0.4 if title else 0)
    if height > HEIGHT:
        raise ValueError(f"the figure would be {height:.0f} inches high: draw fewer images, or more `columns`")
    figure, axes = plt.subplots(rows, columns, figsize=(size * columns, height), squeeze=False)
    for axis, image, name, (low, high) in zip(axes.flat, images, titles, scales, strict=False):
        axis.imshow(image, vmin=low, vmax=high, cmap=cmap)
        axis.set_title(name)
        if ranges:
            axis.set_xlabel(f"{image.dtype}, {image.min():.4g} to {image.max():.4g}", fontsize=10)
    for axis in axes.flat:
        _bare(axis)
    for axis in axes.flat[len(images) :]:
        axis.set_visible(False)
    figure.suptitle(title)
    return list(axes.flat[: len(images)])


def compare(before, after, titles=("before", "after"), title=""):
    """Draw two images of equal shape side by side and, third, their difference after − before.

    before, after: (H, W) or (H, W, 3), same shape; the difference of colour images is that of their channel means.
    Orange is brighter after, blue darker. Returns three Axes. Raises ValueError where the shapes differ.
    """
    before, after = np.asarray(before), np.asarray(after)
    if before.shape != after.shape:
        raise ValueError(f"compare() needs two images of the same shape, not {before.shape} and {after.shape}")
    change = after.astype(float) - before.astype(float)
    change = change.mean(axis=2) if change.ndim == 3 else change
    largest = max(float(np.abs(change).max()), 1e-12)
    tiles, names = [before, after, np.zeros(change.shape)], [*titles, "difference"]
    axes = grid(tiles, names, columns=3, ranges=False, size=3.6, title=title)
    axes[2].images[0].set(data=change, cmap="PuOr_r", clim=(-largest, largest))
    bar = axes[2].figure.colorbar(axes[2].images[0], ax=axes[2], shrink=0.75)
    bar.set_label("after − before")
    return axes


def histogram(image, axis=None, label=None, title=""):
    """Draw how many pixels have each value: one line for a grey image, three for RGB. uint8 only.

    Draws on `axis` where one is given. Returns the Axes. Raises ValueError for another dtype or shape.
    """
    image = np.asarray(image)
    if image.ndim != 2 and (image.ndim != 3 or image.shape[2] != 3):
        raise ValueError(f"histogram() needs a (H, W) or (H, W, 3) image, not {image.shape}")
    if image.dtype != np.uint8:
        raise ValueError(f"histogram() counts the 256 values of uint8; this image is {image.dtype}")
    axis = axis or plt.subplots(figsize=(7, 3.2))[1]
    channels = [image] if image.ndim == 2 else list(np.moveaxis(image, 2, 0))
    names, colours = (
        ([label], [None]) if image.ndim == 2 else (["red", "green", "blue"], ["#D55E00", "#009E73", "#0072B2"])
    )
    for channel, name, colour in zip(channels, names, colours, strict=True):
        axis.plot(np.bincount(channel.ravel(), minlength=256), label=name, color=colour, linewidth=1.5)
    axis.set(xlabel="pixel value", ylabel="number of pixels", xlim=(0, 255), title=title)
    axis.set_ylim(bottom=0)
    if any(names):
        axis.legend(frameon=False)
    return axis


def overlay(image, mask=None, boxes=(), labels=(), axis=None, title="", colour=COLOURS[1]):
    """Draw an image with a mask as a tint with an outline, and boxes with labels.

    image: (H, W) or (H, W, 3). mask: bool or {0, 1}, (H, W). boxes: (N, 4) as (x1, y1, x2, y2) in pixels.
    labels: one text a box. Draws on `axis` where one is given. Returns the Axes.
    Raises ValueError where the mask has another height and width than the image.
    """
    image = np.asarray(image)
    _check_image(image)
    mask = None if mask is None else np.asarray(mask).astype(bool)
    if mask is not None and mask.shape != image.shape[:2]:
        raise ValueError(f"the mask is {mask.shape}, the image {image.shape[:2]}: they must agree")
    low, high = _limits(image, "dtype")
    axis = axis or plt.subplots(figsize=(5.5, 5.5 * image.shape[0] / image.shape[1] + 0.4))[1]
    axis.imshow(image, vmin=low, vmax=high)
    if mask is not None:
        red, green, blue = plt.matplotlib.colors.to_rgb(colour)
        axis.imshow(
            np.dstack([np.full(mask.shape, red), np.full(mask.shape, green), np.full(mask.shape, blue), mask * 0.35])
        )
        if mask.any() and not mask.all():
            axis.contour(mask, levels=[0.5], colors=[colour], linewidths=1.5)
    for number, (x1, y1, x2, y2) in enumerate(boxes):
        axis.add_patch(Rectangle((x1, y1), x2 - x1, y2 - y1, fill=False, edgecolor=colour, linewidth=2))
        if number < len(labels):
            box = {"facecolor": colour, "edgecolor": "none", "pad": 1.5}
            inside = y1 < 0.08 * image.shape[0]  # above the picture stands its title
            place, side = (y1 + 2, "top") if inside else (y1 - 2, "bottom")
            axis.text(x1, place, labels[number], color="white", fontsize=10, va=side, bbox=box)
    _bare(axis)
    axis.set_title(title)
    return axis


def curves(history, title=""):
    """Draw learning curves: training and validation value of each metric against the epoch.

    history: a Keras History, or its dictionary {"loss": [...], "val_loss": [...], ...}. Returns a list of Axes.
    Raises ValueError where there is no metric.
    """
    history = getattr(history, "history", history)
    metrics = [name for name in history if not name.startswith("val_")]
    if not metrics:
        raise ValueError("the history has no metric: train the model before you draw its curves")
    figure, axes = plt.subplots(1, len(metrics), figsize=(min(5 * len(metrics), WIDTH), 3.4), squeeze=False)
    for axis, metric in zip(axes.flat, metrics, strict=True):
        epochs = np.arange(1, len(history[metric]) + 1)
        axis.plot(epochs, history[metric], marker="o", markersize=4, label="training")
        if f"val_{metric}" in history:
            axis.plot(epochs, history[f"val_{metric}"], marker="s", markersize=4, label="validation")
        axis.set(xlabel="epoch", ylabel=metric.replace("_", " "))
        axis.legend(frameon=False)
    figure.suptitle(title)
    return list(axes.flat)


def confusion(matrix, names, title=""):
    """Draw a confusion matrix: rows are the true classes, columns the predicted ones, each row's colour its share.

    matrix: (K, K) counts; names: K class names. Returns the Axes. Raises ValueError where they do not agree.
    """
    matrix = np.asarray(matrix)
    if matrix.shape != (len(names), len(names)):
        raise ValueError(f"{len(names)} class names need a ({len(names)}, {len(names)}) matrix, not {matrix.shape}")
    share = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    side = min(max(3.6, 0.62 * len(names) + 2), WIDTH - 0.6)
    _, axis = plt.subplots(figsize=(side + 0.6, side))
    axis.imshow(share, cmap="Blues", vmin=0, vmax=1)
    for row, column in np.ndindex(matrix.shape):
        ink = "white" if share[row, column] > 0.55 else "black"
        axis.text(column, row, matrix[row, column], ha="center", va="center", color=ink, fontsize=10)
    axis.set_xticks(range(len(names)), names, rotation=45, ha="right")
    axis.set_yticks(range(len(names)), names)
    axis.set(xlabel="predicted", ylabel="true", title=title)
    axis.spines[:].set_visible(False)
    return axis


def _check_image(image):
    if image.ndim != 2 and (image.ndim != 3 or image.shape[2] not in (1, 3, 4)) or not image.size:
        raise ValueError(f"an image is (H, W) or (H, W, 3), with pixels, not {image.shape}")
    if image.dtype.kind not in "buif":
        raise ValueError(f"an image holds numbers, not {image.dtype}")


def _limits(image, limits):
    if isinstance(limits, tuple):
        return limits
    if limits == "each":
        return float(image.min()), float(image.max())
    if limits != "dtype":
        raise ValueError(f'limits is "dtype", "each" or a pair (low, high), not {limits!r}')
    if image.dtype == np.uint8:
        return 0, 255
    low, high = (0, 0) if image.dtype == bool else (np.nanmin(image), np.nanmax(image))
    if high > 2 or low < -1:
        raise ValueError(
            f"{image.dtype} from {low:g} to {high:g} is drawn as 0..1, so nearly all of it black or white: "
            'divide it, convert it to uint8, or give limits="each" or (low, high)'
        )
    return 0, 1


def _bare(axis):
    axis.set_xticks([])
    axis.set_yticks([])
    axis.spines[:].set_visible(False)
