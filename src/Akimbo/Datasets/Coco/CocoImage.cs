namespace Akimbo.Datasets.Coco;

/// <summary>One entry of <c>images</c> in a COCO annotation file.</summary>
/// <param name="Id">The number by which annotations and results name the image.</param>
/// <param name="FileName">Its file; null where the entry gives none.</param>
/// <param name="Width">Columns; null where the entry gives none.</param>
/// <param name="Height">Rows; null where the entry gives none.</param>
/// <param name="CrowdIndex">CrowdPose's measure of how much people overlap, 0 to 1; null in other data sets.</param>
public sealed record CocoImage(
    long Id, string? FileName = null, int? Width = null, int? Height = null, double? CrowdIndex = null);
