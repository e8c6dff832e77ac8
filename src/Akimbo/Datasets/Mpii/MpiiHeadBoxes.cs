using Akimbo.Geometry;
using Akimbo.Tensors.Serialization;

namespace Akimbo.Datasets.Mpii;

/// <summary>
/// The rectangles around the heads that HRNet keeps beside its annotations, <c>gt_valid.mat</c> beside <c>valid.json</c>:
/// <c>headboxes_src</c> [2, 2, N], two corners of x and y in pixels that count from 1, in the order of the annotations
/// (<c>lib/dataset/mpii.py</c>, <c>evaluate</c>).
/// </summary>
internal static class MpiiHeadBoxes
{
    private const string Variable = "headboxes_src";
    private const int NumbersOfBox = 4;

    /// <summary>One rectangle a person; null where there is no such file.</summary>
    /// <param name="annotations">HRNet's JSON file.</param>
    /// <param name="people">How many people it has.</param>
    /// <exception cref="DatasetFormatException">The file is of other annotations.</exception>
    /// <exception cref="CheckpointFormatException">It is no sound MATLAB file.</exception>
    public static Box[]? Beside(string annotations, int people)
    {
        string file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(annotations))!, $"gt_{Path.GetFileNameWithoutExtension(annotations)}.mat");
        if (!File.Exists(file)) return null;
        if (!MatFile.Load(file).Variables.TryGetValue(Variable, out MatValue? value) || value is not MatNumbers corners || corners.Count != NumbersOfBox * people)
            throw new DatasetFormatException(file, $"There is no array '{Variable}' of 2×2×{people} numbers, one box for each person of {Path.GetFileName(annotations)}.");

        double[] numbers = corners.ToArray<double>();
        return [.. Enumerable.Range(0, people).Select(n => NumbersOfBox * n)
            .Select(at => MatlabPixels.BoxOfCorners(numbers[at], numbers[at + 2], numbers[at + 1], numbers[at + 3]))];
    }
}
