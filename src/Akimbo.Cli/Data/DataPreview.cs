using Akimbo.Datasets;
using Akimbo.Datasets.Preview;

namespace Akimbo.Cli.Data;

/// <summary>A contact sheet of a data set.</summary>
internal static class DataPreview
{
    /// <summary>Draws it into a file and names the pictures on it.</summary>
    public static void Run(PoseDataset dataset, DatasetPreviewOptions options, string path, TextWriter output)
    {
        var sheet = DatasetPreview.Draw(dataset, options);
        sheet.Save(path);
        output.WriteLine($"{path}: {sheet.Width} × {sheet.Height} pixels, {DatasetPreview.Choose(dataset, options).Count} of {dataset.Count} pictures of {dataset.Name}, {dataset.Skeleton}");
    }
}
