using System.Text.Json;

namespace Akimbo.Datasets.Coco;

/// <summary>Reads the masks of COCO annotations in their three notations, without decoding them.</summary>
internal static class CocoSegmentationReader
{
    private const int MaxNumbers = 1 << 22; // The runs of the worst mask of 2048 × 2048 pixels.

    /// <summary>Reads the value of the property name at hand; null where it is neither a list of polygons nor runs.</summary>
    /// <param name="json">Stands at the name.</param>
    /// <param name="numbers">Scratch.</param>
    public static CocoSegmentation? Read(ref JsonStream json, List<double> numbers)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.StartArray) return ReadPolygons(ref json, numbers);
        return json.TokenType == JsonTokenType.StartObject ? ReadRuns(ref json, numbers) : null;
    }

    private static CocoSegmentation ReadPolygons(ref JsonStream json, List<double> numbers)
    {
        List<double[]> polygons = [];
        while (json.Read() && json.TokenType == JsonTokenType.StartArray)
        {
            json.ReadRestOfNumbers(numbers, MaxNumbers, "segmentation");
            polygons.Add([.. numbers]);
        }

        return json.TokenType == JsonTokenType.EndArray
            ? new CocoSegmentation { Polygons = polygons }
            : throw json.Error("segmentation is no list of polygons");
    }

    private static CocoSegmentation ReadRuns(ref JsonStream json, List<double> numbers)
    {
        double[]? size = null, runs = null;
        string? compressed = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool isSize = json.NameIs("size"u8), isCounts = json.NameIs("counts"u8);
            json.Read();
            if (isCounts && json.TokenType == JsonTokenType.String)
            {
                compressed = json.StringAtHand("counts");
            }
            else if ((isCounts || isSize) && json.TokenType == JsonTokenType.StartArray)
            {
                json.ReadRestOfNumbers(numbers, isSize ? 2 : MaxNumbers, isSize ? "size" : "counts");
                foreach (double number in numbers)
                    if (number is < 0 or > int.MaxValue || number != Math.Floor(number)) throw json.Error($"segmentation has {number} where a count is expected");
                if (isSize) size = [.. numbers];
                else runs = [.. numbers];
            }
            else
            {
                json.Skip();
            }
        }

        if (size is not [double height, double width] || (runs is null && compressed is null))
            throw json.Error("segmentation has no size of [height, width] or no counts");
        return new CocoSegmentation
        {
            Runs = runs is null ? null : Array.ConvertAll(runs, run => (int)run),
            CompressedRuns = compressed,
            Height = (int)height,
            Width = (int)width,
        };
    }
}
