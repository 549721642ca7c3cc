"""R-CNN, Fast and Faster R-CNN on scenes of any size: what they see of a scene, what they learn, what they find.

Built step by step in lessons 06c and 06d. The trunk (helpers.networks.detectors.two_scales) is trained on ImageNet
and stays as it is: what it sees of a scene is computed once, and training the heads takes seconds.

>>> seen = [two_stage.look(trunk, scene, scenes.image(scene)) for scene in some]
>>> svms, chosen = two_stage.train_rcnn(seen, held, names=5)
>>> boxes, scores, labels = two_stage.rcnn(svms, seen[0])

Girshick et al., CVPR 2014, arXiv:1311.2524. Girshick, ICCV 2015, arXiv:1504.08083. Ren et al., NIPS 2015,
arXiv:1506.01497. Selective Search: Uijlings et al., IJCV 2013, doi:10.1007/s11263-013-0620-5.
"""

# ruff: noqa: F401  (the parts, under one name)
from helpers.detection.two_stage.choosing import ROUNDS, best, fit_in_rounds, judge, recall
from helpers.detection.two_stage.crops import (
    COSTS,
    PENALTIES,
    Rows,
    Svms,
    fit_offsets,
    fit_svms,
    rcnn,
    rows,
    scale,
    score,
    take,
    train_offsets,
    train_rcnn,
    train_svms,
)
from helpers.detection.two_stage.heads import (
    RATIOS,
    ROIS,
    SCALES,
    anchors,
    fast_rcnn,
    propose,
    sample,
    train_heads,
    train_rpn,
)
from helpers.detection.two_stage.looking import (
    CROP,
    MOST,
    SIZE,
    STRIDE,
    Seen,
    crop_features,
    look,
    pooled,
    scene_map,
    search,
)
from helpers.detection.two_stage.whole import fast_of, faster_of, rcnn_of
