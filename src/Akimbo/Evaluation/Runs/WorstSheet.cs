using System.Globalization;
using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Rendering;
using Akimbo.Skeletons;

namespace Akimbo.Evaluation.Runs;

/// <summary>Draws people who were predicted badly: what is annotated on the left, what was predicted on the right.</summary>
public static class WorstSheet
{
    /// <summary>The most people on a sheet.</summary>
    public const int MaxCases = 200;

    private const int TilesOfCase = 2;
    private const double Margin = 0.25; // Around the people, in parts of the longer side.
    private const int SmallestSide = 32;

    /// <summary>Draws a sheet with two tiles a case, both the same part of the picture.</summary>
    /// <param name="cases">1 to 200; see <see cref="PersonCase.Worst"/>.</param>
    /// <param name="skeleton">What their keypoints are.</param>
    /// <param name="fitName">What <see cref="PersonCase.Fit"/> is, for the captions.</param>
    /// <param name="imagePathOf">The file of an image by its number.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no cases, or too many.</exception>
    /// <exception cref="ImageFormatException">A file is no picture.</exception>
    /// <exception cref="IOException">A picture cannot be read.</exception>
    /// <exception cref="DllNotFoundException">Cairo is not installed.</exception>
    public static Image Draw(IReadOnlyList<PersonCase> cases, Skeleton skeleton, string fitName, Func<long, string> imagePathOf)
    {
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentNullException.ThrowIfNull(imagePathOf);
        ArgumentOutOfRangeException.ThrowIfLessThan(cases.Count, 1, nameof(cases));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cases.Count, MaxCases, nameof(cases));
        var sheet = new ContactSheet(TilesOfCase * cases.Count, new ContactSheetOptions { MaxColumns = 2 * TilesOfCase });
        foreach (PersonCase person in cases)
        {
            string path = imagePathOf(person.ImageId);
            var picture = Image.Load(path);
            var (left, top, width, height) = PartOf(person, picture);
            var part = Cut(picture, left, top, width, height);
            string fit = string.Create(CultureInfo.InvariantCulture, $"{fitName} {person.Fit:0.00}");
            sheet.Add(part, [Moved(person.Truth, left, top)], skeleton, Path.GetFileName(path));
            if (person.Predicted is { } predicted) sheet.Add(part, [Moved(predicted, left, top)], skeleton, $"predicted, {fit}");
            else sheet.Add(part, [], skeleton, $"nobody predicted, {fit}");
        }

        return sheet.Image;
    }

    // Annotated and predicted keypoints with a margin, inside the picture.
    private static (int Left, int Top, int Width, int Height) PartOf(PersonCase person, Image picture)
    {
        Box truth = new Person(person.Truth.Keypoints, 1).Box;
        Box predicted = person.Predicted is { } found && found.Keypoints.Any(keypoint => keypoint.IsFound) ? found.Box : truth;
        double left = Math.Min(truth.X, predicted.X), right = Math.Max(truth.Right, predicted.Right);
        double top = Math.Min(truth.Y, predicted.Y), bottom = Math.Max(truth.Bottom, predicted.Bottom);
        double margin = Margin * Math.Max(Math.Max(right - left, bottom - top), SmallestSide);
        var (x, width) = Range(left - margin, right + margin, picture.Width);
        var (y, height) = Range(top - margin, bottom + margin, picture.Height);
        return (x, y, width, height);
    }

    private static (int Start, int Length) Range(double from, double to, int length)
    {
        int start = (int)Math.Clamp(from, 0, length - 1), end = (int)Math.Clamp(Math.Ceiling(to), start, length - 1);
        return (start, end - start + 1);
    }

    private static Image Cut(Image picture, int left, int top, int width, int height)
    {
        var part = new Image(width, height);
        for (int row = 0; row < height; row++)
            picture.Row(top + row).Slice(left * Image.Channels, width * Image.Channels).CopyTo(part.Row(row));
        return part;
    }

    private static Person Moved(Person person, int left, int top) => new(
        [.. person.Keypoints.Select(keypoint => keypoint with { Position = new ImagePoint(keypoint.Position.X - left, keypoint.Position.Y - top) })],
        person.Score);
}
