using Akimbo.Datasets;
using Akimbo.Datasets.Checks;

namespace Akimbo.Cli.Data;

/// <summary>The findings of a check, on one screen and as JSON.</summary>
internal static class DataCheck
{
    /// <summary>Checks a data set and prints what was found.</summary>
    public static void Run(PoseDataset dataset, string? json, TextWriter output)
    {
        var report = DatasetCheck.Run(dataset);
        output.Write(report);
        if (json is not null) report.SaveJson(json);
    }
}
