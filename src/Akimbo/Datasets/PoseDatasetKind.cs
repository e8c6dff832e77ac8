namespace Akimbo.Datasets;

/// <summary>The layouts in which data sets are distributed.</summary>
public enum PoseDatasetKind
{
    /// <summary>COCO's annotation file, also that of CrowdPose and COCO-WholeBody; see <see cref="CocoDataset"/>.</summary>
    Coco,

    /// <summary>MPII in one of its three files; see <see cref="Akimbo.Datasets.Mpii.MpiiDataset"/>.</summary>
    Mpii,

    /// <summary>The <c>joints.mat</c> of Leeds Sports Pose and its extension; see <see cref="LspDataset"/>.</summary>
    Lsp,

    /// <summary>The <c>data.yaml</c> and label files of YOLO; see <see cref="YoloPoseDataset"/>.</summary>
    Yolo,

    /// <summary>A table of people; see <see cref="CsvDataset"/>.</summary>
    Csv,
}
