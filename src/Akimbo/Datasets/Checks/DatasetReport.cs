using System.Globalization;
using System.Text;

namespace Akimbo.Datasets.Checks;

/// <summary>What <see cref="DatasetCheck"/> found.</summary>
public sealed class DatasetReport
{
    internal DatasetReport(IPoseDataset dataset, IReadOnlyList<DatasetFinding> findings)
    {
        Name = dataset.Name;
        Skeleton = dataset.Skeleton.ToString();
        Samples = dataset.Count;
        People = dataset.Samples.Sum(sample => sample.People.Count);
        LabelledKeypoints = dataset.Samples.Sum(sample => sample.People.Sum(person => (long)person.LabelledCount));
        Warnings = dataset.Warnings;
        Findings = findings;
    }

    /// <summary>The data set's name.</summary>
    public string Name { get; }

    /// <summary>The skeleton's name and number of keypoints.</summary>
    public string Skeleton { get; }

    /// <summary>The number of pictures.</summary>
    public int Samples { get; }

    /// <summary>The number of people and crowds.</summary>
    public int People { get; }

    /// <summary>The number of labelled keypoints.</summary>
    public long LabelledKeypoints { get; }

    /// <summary>What was left out on reading; see <see cref="IPoseDataset.Warnings"/>.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>One entry for each kind of problem found, in the order of <see cref="DatasetProblem"/>; empty where nothing is wrong.</summary>
    public IReadOnlyList<DatasetFinding> Findings { get; }

    /// <summary>The finding of that kind; null where there is none.</summary>
    public DatasetFinding? Find(DatasetProblem problem) => Findings.FirstOrDefault(finding => finding.Problem == problem);

    /// <summary>One screen of text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Name}: {Samples:N0} pictures, {People:N0} people, {LabelledKeypoints:N0} labelled keypoints, {Skeleton}");
        foreach (string warning in Warnings) text.AppendLine(warning);
        foreach (DatasetFinding finding in Findings)
        {
            text.AppendLine(finding.Summary);
            foreach (string example in finding.Examples) text.Append("    ").AppendLine(example);
        }

        if (Findings.Count == 0) text.AppendLine("No problems found.");
        return text.ToString();
    }
}
