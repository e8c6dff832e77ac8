using System.Text.Encodings.Web;
using System.Text.Json;

namespace Akimbo.Results;

/// <summary>
/// Writes people in the COCO keypoint results format (https://cocodataset.org/#format-results), one entry a person:
/// <c>image_id</c>, <c>file_name</c>, <c>category_id</c> (always 1, a person), <c>keypoints</c> as [x, y, score] for
/// every keypoint in the skeleton's order, <c>score</c>, and <c>bbox</c> as [x, y, width, height]. Coordinates are image
/// pixels with three decimals; a keypoint that was not found is 0, 0, 0. An image without people has no entry.
/// </summary>
/// <remarks>Entries go out as they are written, so memory does not grow with the number of images.</remarks>
public sealed class CocoResultsWriter : IDisposable
{
    private const int PersonCategory = 1;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly PendingFile? _file;
    private readonly Stream _stream;
    private readonly Utf8JsonWriter _json;
    private int _entries;

    private CocoResultsWriter(Stream stream, PendingFile? file)
    {
        _file = file;
        _stream = stream;
        _json = new Utf8JsonWriter(_stream, Options);
    }

    private bool IsArray => _file is not null;

    /// <summary>Writes one JSON array to a file, which appears under its name when <see cref="Complete"/> is called.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static CocoResultsWriter ToFile(string path)
    {
        var file = new PendingFile(path);
        return new CocoResultsWriter(new FileStream(file.TemporaryPath, FileMode.Create, FileAccess.Write), file);
    }

    /// <summary>Writes one JSON object a line and flushes after each image. The stream stays the caller's.</summary>
    public static CocoResultsWriter ToLines(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new CocoResultsWriter(stream, file: null);
    }

    /// <summary>Writes the people of one image.</summary>
    /// <param name="imageId">The image's number; see <see cref="CocoImageIds"/>.</param>
    /// <param name="fileName">The image's file name.</param>
    /// <param name="people">The people found; none writes nothing.</param>
    /// <exception cref="ArgumentException">A coordinate or score is not a number; nothing of the image is written.</exception>
    public void Write(long imageId, string fileName, IReadOnlyList<Person> people)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(people);
        foreach (Person person in people)
            if (!IsFinite(person)) throw new ArgumentException($"{fileName}: a person has a coordinate or score that is not a number.", nameof(people));

        foreach (Person person in people)
        {
            if (IsArray) _stream.Write(_entries == 0 ? "[\n"u8 : ",\n"u8);
            WriteEntry(imageId, fileName, person);
            if (!IsArray) _stream.WriteByte((byte)'\n');
            _entries++;
        }

        if (!IsArray) _stream.Flush();
    }

    /// <summary>Ends the array and puts the file in its place; lines are complete at any time.</summary>
    /// <exception cref="IOException">The rest cannot be written, or the file cannot be moved to its place.</exception>
    public void Complete()
    {
        if (_file is null) return;
        _stream.Write(_entries == 0 ? "[]\n"u8 : "\n]\n"u8);
        _stream.Dispose();
        _file.Commit();
    }

    /// <summary>Lets go of the file; what was not completed is deleted.</summary>
    public void Dispose()
    {
        if (_file is null) return;
        _stream.Dispose();
        _file.Dispose();
    }

    private void WriteEntry(long imageId, string fileName, Person person)
    {
        _json.WriteStartObject();
        _json.WriteNumber("image_id", imageId);
        _json.WriteString("file_name", fileName);
        _json.WriteNumber("category_id", PersonCategory);
        _json.WriteStartArray("keypoints");
        foreach (Keypoint keypoint in person.Keypoints)
        {
            WritePixels(keypoint.IsFound ? keypoint.Position.X : 0);
            WritePixels(keypoint.IsFound ? keypoint.Position.Y : 0);
            _json.WriteNumberValue(Score(Math.Max(0, keypoint.Score)));
        }

        _json.WriteEndArray();
        _json.WriteNumber("score", Score(person.Score));
        _json.WriteStartArray("bbox");
        WritePixels(person.Box.X);
        WritePixels(person.Box.Y);
        WritePixels(person.Box.Width);
        WritePixels(person.Box.Height);
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
    }

    private void WritePixels(double value) => _json.WriteNumberValue(Math.Round(value, 3));

    private static double Score(float score) => Math.Round(score, 6);

    private static bool IsFinite(Person person) =>
        float.IsFinite(person.Score)
        && double.IsFinite(person.Box.X + person.Box.Y + person.Box.Width + person.Box.Height)
        && person.Keypoints.All(keypoint => double.IsFinite(keypoint.Position.X + keypoint.Position.Y + keypoint.Score));
}
