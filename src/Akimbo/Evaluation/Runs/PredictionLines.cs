using System.Text.Json;
using Akimbo.Geometry;
using Akimbo.Results;
using Akimbo.Skeletons;

namespace Akimbo.Evaluation.Runs;

/// <summary>
/// Predictions as JSON lines: one line a person in COCO's results format, then one that says that the image is done, which an
/// interrupted run has not written. What is scored has been through these lines, so that scores do not depend on interruptions.
/// </summary>
internal sealed class PredictionLines(Skeleton skeleton)
{
    private const string ImageProperty = "image_id";
    private const string FileProperty = "file_name";
    private const string DoneProperty = "done";

    private readonly List<Person> _people = [];

    /// <summary>The lines of one image.</summary>
    /// <exception cref="ArgumentException">A coordinate or score is not a number.</exception>
    public static byte[] Format(ImagePrediction image)
    {
        using var stream = new MemoryStream();
        using (var writer = CocoResultsWriter.ToLines(stream)) writer.Write(image.ImageId, image.FileName, image.People);
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber(ImageProperty, image.ImageId);
            json.WriteString(FileProperty, image.FileName);
            json.WriteNumber(DoneProperty, image.People.Count);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>Takes the next line.</summary>
    /// <returns>The image whose last line it is; null within an image.</returns>
    /// <exception cref="FormatException">The line is no such line.</exception>
    public ImagePrediction? Take(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var entry = document.RootElement;
            if (!entry.TryGetProperty(DoneProperty, out var count))
            {
                _people.Add(ReadPerson(entry));
                return null;
            }

            if (count.GetInt32() != _people.Count) throw new FormatException($"The image has {_people.Count} people of {count}.");
            var image = new ImagePrediction(entry.GetProperty(ImageProperty).GetInt64(), entry.GetProperty(FileProperty).GetString()!, [.. _people]);
            _people.Clear();
            return image;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    private Person ReadPerson(JsonElement entry)
    {
        var numbers = entry.GetProperty("keypoints");
        var box = entry.GetProperty("bbox");
        if (numbers.GetArrayLength() != 3 * skeleton.Keypoints.Count) throw new FormatException($"A person has {numbers.GetArrayLength()} keypoint numbers; {skeleton} have {3 * skeleton.Keypoints.Count}.");
        var keypoints = skeleton.Keypoints.Select((name, k) =>
            new Keypoint(name, new ImagePoint(numbers[3 * k].GetDouble(), numbers[3 * k + 1].GetDouble()), numbers[3 * k + 2].GetSingle()));
        return new Person(
            [.. keypoints], entry.GetProperty("score").GetSingle(),
            new Box(box[0].GetDouble(), box[1].GetDouble(), box[2].GetDouble(), box[3].GetDouble()));
    }
}
