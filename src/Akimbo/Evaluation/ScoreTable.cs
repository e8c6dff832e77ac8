using System.Globalization;

namespace Akimbo.Evaluation;

/// <summary>Scores with the protocol they were measured by, as a row of the table that is pasted into papers.</summary>
public sealed class ScoreTable
{
    /// <summary>Gathers scores.</summary>
    /// <param name="protocol">How they were measured, for a caption.</param>
    /// <param name="scores">In the order of the columns.</param>
    /// <param name="format">How a score is printed, as a .NET format.</param>
    public ScoreTable(string protocol, IReadOnlyList<Score> scores, string format)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(protocol);
        ArgumentNullException.ThrowIfNull(scores);
        Protocol = protocol;
        Scores = scores;
        Format = format;
    }

    /// <summary>How the scores were measured: data set rules, threshold, unit.</summary>
    public string Protocol { get; }

    /// <summary>The scores in the order of the columns, not rounded.</summary>
    public IReadOnlyList<Score> Scores { get; }

    /// <summary>How a score is printed, as a .NET format.</summary>
    public string Format { get; }

    /// <summary>The headings.</summary>
    public IReadOnlyList<string> Columns => [.. Scores.Select(score => score.Name)];

    /// <summary>The scores as they are printed; <c>-1</c> where there was nothing to measure.</summary>
    public IReadOnlyList<string> Cells =>
        [.. Scores.Select(score => score.IsAbsent ? "-1" : score.Value.ToString(Format, CultureInfo.InvariantCulture))];

    /// <summary>A sentence for every −1, each once.</summary>
    public IReadOnlyList<string> Explanations => [.. Scores
        .Where(score => score.IsAbsent && score.WhyAbsent is not null)
        .GroupBy(score => score.WhyAbsent, score => score.Name)
        .Select(reason => $"{string.Join(", ", reason)}: -1, {reason.Key}")];

    /// <summary>The score of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists those there are.</exception>
    public double this[string name] => Scores.FirstOrDefault(score => score.Name == name)?.Value
        ?? throw new KeyNotFoundException($"There is no score '{name}' in {string.Join(", ", Columns)}.");

    /// <summary>The table as Markdown: headings, the row, the protocol and the explanations.</summary>
    /// <param name="method">The heading of the row, such as the model's name.</param>
    public string ToMarkdown(string method)
    {
        string[] lines =
        [
            $"| method | {string.Join(" | ", Columns)} |",
            $"|:---|{string.Concat(Enumerable.Repeat("---:|", Scores.Count))}",
            $"| {method.Replace("|", "\\|", StringComparison.Ordinal)} | {string.Join(" | ", Cells)} |",
            "",
            $"{Protocol}.",
            .. Explanations,
        ];
        return string.Join('\n', lines) + "\n";
    }
}
