using System.Text;
using System.Text.Json;
using Akimbo.Results;
using Akimbo.Skeletons;

namespace Akimbo.Evaluation.Runs;

/// <summary>
/// The predictions of a run that may be interrupted: every image is appended to <c>RESULTS.partial</c> when it is done, and
/// <see cref="Complete"/> turns that into the results. A later run with the same settings goes on where the first one ended.
/// </summary>
public sealed class PredictionLog : IDisposable
{
    private const string Suffix = ".partial";
    private const string RunProperty = "run";
    private const string Nothing = "none";

    private readonly string _resultsPath;
    private readonly FileStream _stream;
    private readonly List<ImagePrediction> _done = [];
    private bool _isComplete;

    private PredictionLog(string resultsPath, FileStream stream)
    {
        _resultsPath = resultsPath;
        _stream = stream;
    }

    /// <summary>What an earlier run has done, and this one so far.</summary>
    public IReadOnlyList<ImagePrediction> Done => _done;

    /// <summary>Starts a log, or goes on with that of an interrupted run.</summary>
    /// <param name="resultsPath">The results that are to be; the log is beside them.</param>
    /// <param name="settings">All settings that the predictions depend on, by name.</param>
    /// <param name="skeleton">The skeleton of the predictions.</param>
    /// <exception cref="InvalidDataException">There is a log of a run with other settings, which the message compares, or it is damaged.</exception>
    /// <exception cref="IOException">The file cannot be written, or another run has it open.</exception>
    public static PredictionLog Open(string resultsPath, IReadOnlyDictionary<string, string> settings, Skeleton skeleton)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(resultsPath);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(skeleton);
        var log = new PredictionLog(resultsPath, new FileStream(resultsPath + Suffix, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
        try
        {
            log.Resume(settings, skeleton);
            return log;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>Writes the results and deletes the log.</summary>
    /// <exception cref="IOException">The results cannot be written.</exception>
    public void Complete()
    {
        using (var writer = CocoResultsWriter.ToFile(_resultsPath))
        {
            foreach (ImagePrediction image in _done) writer.Write(image.ImageId, image.FileName, image.People);
            writer.Complete();
        }

        _isComplete = true;
        Dispose();
    }

    /// <summary>Closes the log; unless it was completed, it stays for a later run.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        if (_isComplete) File.Delete(_stream.Name);
    }

    /// <summary>Adds an image.</summary>
    internal void Add(ImagePrediction image, ReadOnlySpan<byte> lines)
    {
        _stream.Write(lines);
        _stream.Flush();
        _done.Add(image);
    }

    private void Resume(IReadOnlyDictionary<string, string> settings, Skeleton skeleton)
    {
        long end = 0;
        using (var reader = new StreamReader(_stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true))
        {
            var lines = new PredictionLines(skeleton);
            long position = 0;
            for (int number = 1; reader.ReadLine() is { } line; number++)
            {
                // The line at which a run was interrupted has no end.
                position += Encoding.UTF8.GetByteCount(line) + 1;
                if (position > _stream.Length) break;
                if (number == 1)
                {
                    Check(line, settings);
                    end = position;
                }
                else if (Take(lines, line, number) is { } image)
                {
                    _done.Add(image);
                    end = position;
                }
            }
        }

        _stream.SetLength(end);
        _stream.Position = end;
        if (end == 0) _stream.Write(Header(settings));
    }

    private void Check(string line, IReadOnlyDictionary<string, string> settings)
    {
        var earlier = ReadHeader(line);
        string[] changes = [.. settings.Keys.Union(earlier.Keys)
            .Where(name => settings.GetValueOrDefault(name) != earlier.GetValueOrDefault(name))
            .Select(name => $"{name} was {earlier.GetValueOrDefault(name, Nothing)}, is {settings.GetValueOrDefault(name, Nothing)}")];
        if (changes.Length > 0)
            throw new InvalidDataException($"{_stream.Name} is of a run with other settings: {string.Join("; ", changes)}. Delete it, or write to another file than {_resultsPath}.");
    }

    private Dictionary<string, string> ReadHeader(string line)
    {
        try
        {
            using var header = JsonDocument.Parse(line);
            return header.RootElement.GetProperty(RunProperty).EnumerateObject().ToDictionary(setting => setting.Name, setting => setting.Value.GetString() ?? Nothing);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new InvalidDataException($"{_stream.Name} is no log of an evaluation. Delete it, or write to another file than {_resultsPath}.", exception);
        }
    }

    private ImagePrediction? Take(PredictionLines lines, string line, int number)
    {
        try
        {
            return lines.Take(line);
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException($"{_stream.Name}: line {number} is damaged: {exception.Message} Delete the file to start again.", exception);
        }
    }

    private static byte[] Header(IReadOnlyDictionary<string, string> settings)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject(RunProperty);
            foreach (var (name, value) in settings) json.WriteString(name, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }
}
