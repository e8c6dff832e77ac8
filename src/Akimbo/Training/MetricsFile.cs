using System.Globalization;
using Akimbo.Results;

namespace Akimbo.Training;

/// <summary>
/// <c>metrics.csv</c>: a line an epoch with its loss, each term of it, the learning rate, the speed and, where it was validated,
/// the scores.
/// </summary>
internal sealed class MetricsFile
{
    private readonly string _path;
    private readonly string _header;
    private readonly int _scores;

    /// <param name="path">The file.</param>
    /// <param name="terms">The terms of the loss.</param>
    /// <param name="scores">The names of the scores.</param>
    public MetricsFile(string path, IEnumerable<string> terms, IReadOnlyList<string> scores)
    {
        _path = path;
        _scores = scores.Count;
        _header = string.Join(',', ["epoch", "step", "learning_rate", "loss", .. terms.Select(term => $"loss_{term}"), "images_per_second", "seconds", .. scores]);
    }

    /// <summary>Begins the file, or keeps of an older one the lines of the first epochs.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Begin(int epochsDone)
    {
        string[] kept = !File.Exists(_path) ? [] : [.. File.ReadLines(_path).Skip(1).Where(line => int.TryParse(line.Split(',')[0], CultureInfo.InvariantCulture, out int epoch) && epoch <= epochsDone)];
        using var file = new PendingFile(_path);
        File.WriteAllLines(file.TemporaryPath, [_header, .. kept]);
        file.Commit();
    }

    /// <summary>Adds an epoch.</summary>
    /// <param name="numbers">All but the scores, in the order of the header.</param>
    /// <param name="scores">The scores; null where the epoch was not validated.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Add(IEnumerable<double> numbers, IReadOnlyList<double>? scores)
    {
        IEnumerable<string> cells = numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture));
        IEnumerable<string> last = scores?.Select(score => score.ToString("0.####", CultureInfo.InvariantCulture)) ?? Enumerable.Repeat("", _scores);
        File.AppendAllText(_path, string.Join(',', cells.Concat(last)) + "\n");
    }
}
