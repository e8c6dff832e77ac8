using Akimbo.Datasets;
using Akimbo.Datasets.Writing;

namespace Akimbo.Cli.Data;

/// <summary>A conversion to COCO's format, and what is said about it.</summary>
internal static class DataConversion
{
    /// <summary>Converts a data set and says what was written and what was filled in.</summary>
    public static void Run(PoseDataset dataset, string path, TextWriter output)
    {
        CocoWriteResult written = CocoWriter.Save(path, dataset);
        foreach (string warning in dataset.Warnings) output.WriteLine(warning);
        Line($"{path}: {written.Images:N0} pictures, {written.People:N0} people, {dataset.Skeleton}");
        if (written.PeopleWithoutBox > 0) Line($"{written.PeopleWithoutBox:N0} people have no box; the one around their keypoints is written.");
        if (written.PeopleWithoutArea > 0) Line($"{written.PeopleWithoutArea:N0} people have no area; 0.53 of their box is written.");
        if (written.ImagesWithoutSize > 0) Line($"{written.ImagesWithoutSize:N0} pictures have no size, and no file that gives it.");
        if (!written.KeepsIds) Line($"People have no numbers of their own and are numbered from 1.");

        void Line(FormattableString text) => output.WriteLine(FormattableString.Invariant(text));
    }
}
