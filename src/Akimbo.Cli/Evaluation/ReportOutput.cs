using Akimbo.Evaluation.Runs;

namespace Akimbo.Cli.Evaluation;

/// <summary>
/// Where a report goes: warnings to standard error, the table to standard output, everything as JSON to a file, the worst cases to a
/// contact sheet.
/// </summary>
/// <param name="JsonPath">The file; <c>-</c> for standard output in place of the table; null for none.</param>
/// <param name="Worst">How many of the worst cases are drawn.</param>
/// <param name="WorstPath">The picture they are drawn on.</param>
internal sealed record ReportOutput(string? JsonPath, int Worst, string WorstPath)
{
    internal const string StandardOutput = "-";

    /// <summary>Refuses what cannot be written, before anything is computed.</summary>
    /// <exception cref="UsageException">The path is a folder, or its folder does not exist.</exception>
    public void Check()
    {
        CheckFile("--json", JsonPath);
        if (Worst > 0) CheckFile("--worst-out", WorstPath);
    }

    /// <summary>Writes the report.</summary>
    /// <param name="report">The scores.</param>
    /// <param name="method">What was scored, such as the model's name.</param>
    /// <param name="output">For the table.</param>
    /// <param name="error">For the warnings.</param>
    public void Write(ScoreReport report, string method, TextWriter output, TextWriter error)
    {
        foreach (string warning in report.Warnings) ErrorLine.Write(error, warning);
        output.Write(JsonPath == StandardOutput ? report.ToJson(method) : report.ToMarkdown(method));
        if (JsonPath is not (null or StandardOutput)) report.SaveJson(JsonPath, method);
    }

    /// <summary>Draws the worst cases and says where.</summary>
    /// <param name="cases">All cases.</param>
    /// <param name="scoring">How they were scored.</param>
    /// <param name="imagePaths">The files of the images by their numbers.</param>
    /// <param name="error">For the line that says it.</param>
    public void WriteWorst(IReadOnlyList<PersonCase> cases, IPredictionScoring scoring, IReadOnlyDictionary<long, string> imagePaths, TextWriter error)
    {
        var worst = PersonCase.Worst(cases, Worst);
        if (worst.Count == 0) return;
        WorstSheet.Draw(worst, scoring.Scored, scoring.FitName, image => imagePaths[image]).Save(WorstPath);
        error.WriteLine($"{WorstPath}: the {worst.Count} people of {cases.Count} that were predicted worst.");
    }

    /// <summary>Refuses a path that is a folder or in none.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="path">The path; null and <c>-</c> are fine.</param>
    /// <exception cref="UsageException">It is.</exception>
    public static void CheckFile(string option, string? path)
    {
        if (path is null or StandardOutput) return;
        if (Directory.Exists(path)) throw new UsageException($"{option} {path} is a folder; give a file.");
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))) throw new UsageException($"{option} {path}: the folder does not exist.");
    }
}
