using System.Text.Json;
using Akimbo.Skeletons;

namespace Akimbo.Datasets.Mpii;

/// <summary>
/// HRNet's files: a list of people as {<c>image</c>, <c>center</c> [x, y], <c>scale</c>, <c>joints</c> 16×[x, y],
/// <c>joints_vis</c> 16×0/1}, in pixels that count from 1; the test file has no joints (HRNet, <c>lib/dataset/mpii.py</c>).
/// They do not tell hidden keypoints from visible ones; head boxes are in a file of their own, see <see cref="MpiiHeadBoxes"/>.
/// </summary>
internal static class MpiiJson
{
    private static readonly int KeypointCount = Mpii16.Skeleton.Keypoints.Count;

    public static PoseDataset Read(ReadOnlyMemory<byte> json, string file, string imageFolder)
    {
        using JsonDocument document = DatasetFiles.ParseJson(json, file);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
            throw new DatasetFormatException(file, $"The file holds JSON {document.RootElement.ValueKind}; a list of people is expected.");

        var heads = MpiiHeadBoxes.Beside(file, document.RootElement.GetArrayLength());
        var groups = new SampleGroups();
        int entry = 0;
        foreach (JsonElement element in document.RootElement.EnumerateArray())
        {
            var person = new JsonPerson(element, file, ++entry);
            groups.Add(Path.Combine(imageFolder, person.Image()), person.Read() with { HeadBox = heads?[entry - 1] });
        }

        return MpiiDataset.Of(groups.ToSamples());
    }

    private readonly struct JsonPerson(JsonElement element, string file, int entry)
    {
        public string Image()
        {
            if (element.ValueKind != JsonValueKind.Object || Property("image") is not { ValueKind: JsonValueKind.String } image) throw Error("has no image");
            try
            {
                return image.GetString()!;
            }
            catch (InvalidOperationException)
            {
                throw Error("has an image that is no valid text");
            }
        }

        public AnnotatedPerson Read()
        {
            double[] centre = Property("center") is { } c ? Numbers(c, "center", 2) : throw Error("has no center");
            double scale = Property("scale") is { } s ? Number(s, "scale") : throw Error("has no scale");
            return new AnnotatedPerson
            {
                Id = entry,
                Keypoints = ReadKeypoints(),
                Centre = MatlabPixels.Point(centre[0], centre[1]),
                Scale = scale,
            };
        }

        private AnnotatedKeypoint[] ReadKeypoints()
        {
            var keypoints = new AnnotatedKeypoint[KeypointCount];
            if (Property("joints") is not { } joints) return keypoints;
            if (Property("joints_vis") is not { } visible) throw Error("has joints without joints_vis");

            double[] isLabelled = Numbers(visible, "joints_vis", KeypointCount);
            if (joints.ValueKind != JsonValueKind.Array || joints.GetArrayLength() != KeypointCount)
                throw Error($"has joints that are no list of {KeypointCount}");
            for (int k = 0; k < KeypointCount; k++)
            {
                double[] point = Numbers(joints[k], "joints", 2);
                keypoints[k] = MatlabPixels.Keypoint(point[0], point[1], isLabelled[k] > 0 ? KeypointVisibility.Visible : KeypointVisibility.NotLabelled);
            }

            return keypoints;
        }

        private JsonElement? Property(string name) => element.TryGetProperty(name, out var value) ? value : null;

        private double[] Numbers(JsonElement list, string name, int count)
        {
            if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() != count) throw Error($"has {name} that is no list of {count} numbers");
            double[] numbers = new double[count];
            for (int i = 0; i < count; i++) numbers[i] = Number(list[i], name);
            return numbers;
        }

        private double Number(JsonElement value, string name) =>
            value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number)
                ? number
                : throw Error($"has {name} with JSON {value.ValueKind} where a number is expected");

        private DatasetFormatException Error(string problem) => new(file, $"Person {entry} {problem}.");
    }
}
