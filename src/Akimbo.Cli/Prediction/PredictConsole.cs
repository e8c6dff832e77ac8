using System.Diagnostics;
using Akimbo.Results;

namespace Akimbo.Cli.Prediction;

/// <summary>How a run speaks: results to one stream, problems and progress to the other.</summary>
/// <param name="input">Where an image is read from when the source is <c>-</c>.</param>
/// <param name="output">Results only.</param>
/// <param name="error">A line a problem; the progress bar.</param>
/// <param name="isInteractive">Whether <paramref name="error"/> is a terminal that someone looks at.</param>
internal sealed class PredictConsole(Stream input, Stream output, TextWriter error, bool isInteractive)
{
    private const int BarWidth = 30;
    private const int FewestForBar = 2;
    private static readonly TimeSpan BarInterval = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private TimeSpan _nextBar = TimeSpan.Zero;
    private bool _hasBar;

    /// <summary>The stream for results.</summary>
    public Stream Output => output;

    /// <summary>Everything on the input stream.</summary>
    public byte[] ReadInput()
    {
        using var bytes = new MemoryStream();
        input.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Says what went wrong with one thing, in one line.</summary>
    public void ReportProblem(Exception exception, string subject)
    {
        ClearBar();
        ErrorLine.Write(error, exception, subject);
    }

    /// <summary>Says what is wrong, in one line.</summary>
    public void ReportProblem(string message)
    {
        ClearBar();
        ErrorLine.Write(error, message);
    }

    /// <summary>Moves the progress bar, where there is a terminal and more than one image.</summary>
    public void ReportProgress(int done, int total)
    {
        if (!isInteractive || total < FewestForBar || _elapsed.Elapsed < _nextBar) return;
        _nextBar = _elapsed.Elapsed + BarInterval;

        int filled = BarWidth * done / total;
        string left = done == 0 ? "" : $"  {TimeSpan.FromSeconds(_elapsed.Elapsed.TotalSeconds / done * (total - done)):h\\:mm\\:ss} left";
        error.Write($"\r\e[K{new string('━', filled)}{new string('╌', BarWidth - filled)} {done}/{total}{left}");
        error.Flush();
        _hasBar = true;
    }

    /// <summary>Ends a run; says how many images failed where there were many.</summary>
    public void ReportEnd(int total, int failed)
    {
        ClearBar();
        if (failed > 0 && total > 1) ErrorLine.Write(error, $"{failed} of {total} images could not be done.");
    }

    /// <summary>Prints the people of one image as a table.</summary>
    public void PrintTable(string name, IReadOnlyList<Person> people)
    {
        ClearBar();
        using var writer = new StreamWriter(output, leaveOpen: true);
        string count = people.Count switch { 0 => "nobody found", 1 => "1 person", var many => $"{many} people" };
        writer.WriteLine($"{name}: {count}");
        if (people.Count > 0) PlainTable.Write(writer, PoseTable.Columns, PoseTable.Rows(people));
    }

    private void ClearBar()
    {
        if (!_hasBar) return;
        error.Write("\r\e[K");
        _hasBar = false;
    }
}
