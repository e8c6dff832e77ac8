using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Akimbo.Results;

namespace Akimbo.Datasets.Checks;

/// <summary>What <see cref="DatasetCheck"/> found.</summary>
public sealed class DatasetReport
{
    private static readonly JsonWriterOptions JsonOptions = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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

    /// <summary>
    /// Writes everything to a JSON file, which appears under its name when it is complete: <c>name</c>, <c>skeleton</c>,
    /// <c>pictures</c>, <c>people</c>, <c>labelled_keypoints</c>, <c>warnings</c> and <c>findings</c>, each with <c>problem</c>,
    /// <c>count</c>, <c>summary</c> and <c>examples</c>.
    /// </summary>
    /// <param name="path">The file; an older one is replaced.</param>
    /// <exception cref="IOException">The file cannot be written, or its folder does not exist.</exception>
    public void SaveJson(string path)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, JsonOptions))
        {
            json.WriteStartObject();
            json.WriteString("name", Name);
            json.WriteString("skeleton", Skeleton);
            json.WriteNumber("pictures", Samples);
            json.WriteNumber("people", People);
            json.WriteNumber("labelled_keypoints", LabelledKeypoints);
            WriteTexts(json, "warnings", Warnings);
            json.WriteStartArray("findings");
            foreach (DatasetFinding finding in Findings)
            {
                json.WriteStartObject();
                json.WriteString("problem", JsonNamingPolicy.SnakeCaseLower.ConvertName(finding.Problem.ToString()));
                json.WriteNumber("count", finding.Count);
                json.WriteString("summary", finding.Summary);
                WriteTexts(json, "examples", finding.Examples);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        PendingFile.Write(path, [.. text.ToArray(), (byte)'\n']);
    }

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

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
