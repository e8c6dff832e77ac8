namespace Akimbo.Datasets.Coco;

/// <summary>One entry of <c>categories</c> in a COCO annotation file.</summary>
/// <param name="Id">Its number; 1 is a person.</param>
/// <param name="Name">Its name; null where the entry gives none.</param>
/// <param name="Keypoints">The keypoints' names in the order of the annotations; empty where the entry gives none.</param>
internal sealed record CocoCategory(long Id, string? Name, IReadOnlyList<string> Keypoints);
