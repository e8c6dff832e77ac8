using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Akimbo.Results;

namespace Akimbo.Evaluation.Runs;

/// <summary>Scores with all that must be said beside them.</summary>
public sealed record ScoreReport
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The row of a paper's table, which names the protocol.</summary>
    public required ScoreTable Table { get; init; }

    /// <summary>One column a keypoint; null where the protocol has none.</summary>
    public ScoreTable? PerKeypoint { get; init; }

    /// <summary>How many images were scored.</summary>
    public required int Images { get; init; }

    /// <summary>How many annotated people count.</summary>
    public required int AnnotatedPeople { get; init; }

    /// <summary>How many people were predicted.</summary>
    public required int PredictedPeople { get; init; }

    /// <summary>What belongs under the table: how the scores differ from the published protocol.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What was left out or looks wrong, one sentence a kind with its count.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The table as Markdown, the protocol, explanations of every −1, the notes and the counts.</summary>
    /// <param name="method">The heading of the row, such as the model's name.</param>
    public string ToMarkdown(string method)
    {
        string counts = FormattableString.Invariant($"{Images} images, {AnnotatedPeople} annotated people, {PredictedPeople} predicted people.");
        return Table.ToMarkdown(method) + string.Concat(Notes.Append(counts).Select(line => line + "\n"));
    }

    /// <summary>
    /// Everything as a JSON object: <c>method</c>, <c>protocol</c>, <c>scores</c> by name and not rounded, <c>per_keypoint</c>,
    /// <c>explanations</c> of every −1, <c>images</c>, <c>annotated_people</c>, <c>predicted_people</c>, <c>notes</c>, <c>warnings</c>.
    /// </summary>
    /// <param name="method">What was scored, such as the model's name.</param>
    public string ToJson(string method)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("method", method);
            json.WriteString("protocol", Table.Protocol);
            WriteScores(json, "scores", Table);
            if (PerKeypoint is not null) WriteScores(json, "per_keypoint", PerKeypoint);
            WriteList(json, "explanations", Table.Explanations);
            json.WriteNumber("images", Images);
            json.WriteNumber("annotated_people", AnnotatedPeople);
            json.WriteNumber("predicted_people", PredictedPeople);
            WriteList(json, "notes", Notes);
            WriteList(json, "warnings", Warnings);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }

    /// <summary>Writes <see cref="ToJson"/> to a file, which appears under its name when it is complete.</summary>
    /// <param name="path">The file; an older one is replaced.</param>
    /// <param name="method">As there.</param>
    /// <exception cref="IOException">The file cannot be written, or its folder does not exist.</exception>
    public void SaveJson(string path, string method) => PendingFile.Write(path, Encoding.UTF8.GetBytes(ToJson(method)));

    private static void WriteScores(Utf8JsonWriter json, string name, ScoreTable table)
    {
        json.WriteStartObject(name);
        foreach (Score score in table.Scores) json.WriteNumber(score.Name, score.Value);
        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> lines)
    {
        json.WriteStartArray(name);
        foreach (string line in lines) json.WriteStringValue(line);
        json.WriteEndArray();
    }
}
