namespace Akimbo.Datasets.Coco;

/// <summary>
/// A mask as a COCO annotation file writes it, not yet decoded: polygons, or run lengths, or run lengths as compressed text.
/// </summary>
internal sealed record CocoSegmentation
{
    /// <summary>Closed polygons of x, y, x, y, … in image pixels; empty for run lengths.</summary>
    public IReadOnlyList<double[]> Polygons { get; init; } = [];

    /// <summary>Lengths of the runs of 0 and 1 in turn, down the columns; null for polygons and compressed text.</summary>
    public IReadOnlyList<int>? Runs { get; init; }

    /// <summary>The runs as the COCO API's compressed text; null for polygons and plain runs.</summary>
    public string? CompressedRuns { get; init; }

    /// <summary>Rows of a mask of runs; 0 for polygons.</summary>
    public int Height { get; init; }

    /// <summary>Columns of a mask of runs; 0 for polygons.</summary>
    public int Width { get; init; }
}
