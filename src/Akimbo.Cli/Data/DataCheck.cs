using System.Text.Encodings.Web;
using System.Text.Json;
using Akimbo.Datasets;
using Akimbo.Datasets.Checks;

namespace Akimbo.Cli.Data;

/// <summary>The findings of a check, on one screen and as JSON.</summary>
internal static class DataCheck
{
    private static readonly JsonWriterOptions JsonOptions = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Checks a data set and prints what was found.</summary>
    public static void Run(PoseDataset dataset, string? json, TextWriter output)
    {
        var report = DatasetCheck.Run(dataset);
        output.Write(report);
        if (json is not null) WriteJson(report, json);
    }

    private static void WriteJson(DatasetReport report, string path)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, JsonOptions))
        {
            json.WriteStartObject();
            json.WriteString("name", report.Name);
            json.WriteString("skeleton", report.Skeleton);
            json.WriteNumber("pictures", report.Samples);
            json.WriteNumber("people", report.People);
            json.WriteNumber("labelled_keypoints", report.LabelledKeypoints);
            WriteTexts(json, "warnings", report.Warnings);
            json.WriteStartArray("findings");
            foreach (DatasetFinding finding in report.Findings)
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

        File.WriteAllBytes(path, [.. text.ToArray(), (byte)'\n']);
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
