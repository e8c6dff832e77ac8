using System.Globalization;
using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Skeletons;

namespace Akimbo.Rendering;

/// <summary>
/// Draws people onto a picture: limbs and keypoints, the person's left in green, right in orange, axis and face in
/// blue, each with a dark outline that keeps it visible on any ground. Widths grow with the person.
/// </summary>
public static class PoseOverlay
{
    private static readonly Color Outline = new(16, 16, 24);
    private static readonly Color LabelText = new(255, 255, 255);
    private static readonly Color LabelGround = new(16, 16, 24, 170);
    private static readonly Color BoxLine = new(255, 255, 255, 190);

    /// <summary>Draws onto the picture itself; the best person comes out on top.</summary>
    /// <param name="image">The picture that the people were found in.</param>
    /// <param name="people">The people, their keypoints in the skeleton's order and in pixels of the picture.</param>
    /// <param name="skeleton">What their keypoints are and which of them limbs join.</param>
    /// <param name="options">Null for <see cref="PoseOverlayOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">A person has another number of keypoints than the skeleton.</exception>
    /// <exception cref="DllNotFoundException">Cairo is not installed.</exception>
    public static void Draw(Image image, IReadOnlyList<Person> people, Skeleton skeleton, PoseOverlayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(people);
        ArgumentNullException.ThrowIfNull(skeleton);
        foreach (Person person in people)
            if (person.Keypoints.Count != skeleton.Keypoints.Count)
                throw new ArgumentException($"A person has {person.Keypoints.Count} keypoints; the skeleton {skeleton} expects {skeleton.Keypoints.Count}.", nameof(people));

        options ??= PoseOverlayOptions.Default;
        using var canvas = new Canvas(image);
        var fromWorst = people.OrderBy(person => person.Score).ToList();
        foreach (Person person in fromWorst) DrawPerson(canvas, person, skeleton, options, LineWidth(person, image) * options.Thickness);
        if (options.ShowScores)
            foreach (Person person in fromWorst) DrawScore(canvas, person, image);
    }

    private static void DrawPerson(Canvas canvas, Person person, Skeleton skeleton, PoseOverlayOptions options, double width)
    {
        if (options.ShowBoxes)
            canvas.Rectangle(person.Box.X, person.Box.Y, person.Box.Width, person.Box.Height, BoxLine, lineWidth: Math.Max(1, width / 3));

        double edge = Math.Max(1, width * 0.3);
        double radius = width * 1.05;
        var limbs = skeleton.Limbs.Where(limb => IsDrawn(person.Keypoints[limb.From]) && IsDrawn(person.Keypoints[limb.To])).ToList();
        foreach (Limb limb in limbs) DrawLimb(canvas, person, limb, Outline, width + 2 * edge);
        foreach (Limb limb in limbs) DrawLimb(canvas, person, limb, PoseColors.OfLimb(skeleton, limb), width);
        for (int i = 0; i < person.Keypoints.Count; i++)
        {
            if (!IsDrawn(person.Keypoints[i])) continue;
            ImagePoint position = person.Keypoints[i].Position;
            canvas.Circle(position.X, position.Y, radius + edge, Outline);
            canvas.Circle(position.X, position.Y, radius, PoseColors.OfKeypoint(skeleton, i));
        }

        bool IsDrawn(Keypoint keypoint) => keypoint.IsFound && keypoint.Score >= options.MinKeypointScore;
    }

    private static void DrawLimb(Canvas canvas, Person person, Limb limb, Color color, double width)
    {
        ImagePoint from = person.Keypoints[limb.From].Position, to = person.Keypoints[limb.To].Position;
        canvas.Line(from.X, from.Y, to.X, to.Y, color, width);
    }

    // Above the topmost keypoint, but inside the picture.
    private static void DrawScore(Canvas canvas, Person person, Image image)
    {
        if (person.Keypoints.Where(keypoint => keypoint.IsFound).MinBy(keypoint => keypoint.Position.Y) is not { } top) return;

        double size = Math.Max(9, Math.Clamp(Extent(person) * 0.055, 0.018 * ShortSide(image), 0.04 * ShortSide(image)));
        double gap = Math.Max(size, 0.06 * Extent(person));
        double x = Math.Clamp(top.Position.X - size, size / 4, Math.Max(size / 4, image.Width - 2.5 * size));
        double y = Math.Clamp(top.Position.Y - gap, size, Math.Max(size, image.Height - size / 2));
        canvas.Text(x, y, person.Score.ToString("0.00", CultureInfo.InvariantCulture), LabelText, size, LabelGround);
    }

    private static double LineWidth(Person person, Image image) =>
        Math.Clamp(Extent(person) * 0.017, Math.Max(1.2, 0.002 * ShortSide(image)), Math.Max(1.2, 0.02 * ShortSide(image)));

    private static double Extent(Person person) => Math.Max(person.Box.Width, person.Box.Height);

    private static int ShortSide(Image image) => Math.Min(image.Width, image.Height);
}
