using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Models;
using Akimbo.Rendering;
using Akimbo.Skeletons;

namespace Akimbo.Training.Input;

/// <summary>Draws what a network is shown of a sample, and over it what it should answer.</summary>
/// <param name="model">The model that is trained.</param>
/// <param name="heatmapToInput">From the targets to the input.</param>
internal sealed class SampleDrawing(PoseModel model, Transform<HeatmapPoint, InputPoint> heatmapToInput)
{
    private const int LeastSide = 288;
    private const float Opacity = 0.75f;
    private const double DotShare = 0.013, LineShare = 0.005;
    private static readonly Color Ignored = new(150, 20, 70, 150);
    private static readonly Color Outline = new(16, 16, 24);

    /// <summary>How many pixels of the drawing a pixel of the input is.</summary>
    /// <param name="shape">The sizes of inputs.</param>
    public static int FactorOf(TargetShape shape)
    {
        int side = Math.Max(shape.InputWidth, shape.InputHeight);
        return (LeastSide + side - 1) / side;
    }

    /// <summary>
    /// The pixels as they were before they were normalised; the heatmaps in the colours of their keypoints; what the mask leaves
    /// out in dark red; the places where each person's tags are read in one colour.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="n">Which sample of it.</param>
    public Image Draw(TrainingBatch batch, TargetShape shape, int n)
    {
        int pixels = Image.Channels * shape.InputWidth * shape.InputHeight, plane = shape.Width * shape.Height, maps = shape.Keypoints * plane;
        Image input = model.Normalisation.Undo(batch.Input.Span.Slice(n * pixels, pixels), shape.InputWidth, shape.InputHeight);
        int factor = FactorOf(shape);
        var drawing = new Image(input.Width * factor, input.Height * factor);
        Resize.Bilinear(input, drawing);

        // Pixel centres are half a pixel from the border.
        var scale = new AffineTransform(factor, 0, (factor - 1) / 2.0, 0, factor, (factor - 1) / 2.0);
        AffineTransform heatmapToDrawing = AffineTransform.Compose(first: heatmapToInput.Matrix, second: scale);
        if (batch.Masks is { } masks) MaskLayer(masks.Span.Slice(n * plane, plane), shape).Draw(drawing, heatmapToDrawing);
        Color[] colors = [.. Enumerable.Range(0, shape.Keypoints).Select(k => PoseColors.OfKeypoint(model.Skeleton, k))];
        HeatmapLayer.OfHeatmaps(batch.Heatmaps.Span.Slice(n * maps, maps), shape.Width, shape.Height, colors, Opacity).Draw(drawing, heatmapToDrawing);

        int places = shape.Keypoints * 2;
        using var canvas = new Canvas(drawing);
        for (int person = 0; person < shape.People; person++)
            DrawTags(canvas, batch.TagReferences.AsSpan((n * shape.People + person) * places, places), shape, heatmapToDrawing, PerceptualColors.OfNumber(person));
        return drawing;
    }

    private static HeatmapLayer MaskLayer(ReadOnlySpan<float> mask, TargetShape shape)
    {
        var layer = new HeatmapLayer(shape.Width, shape.Height);
        for (int i = 0; i < mask.Length; i++)
            if (mask[i] == 0) layer.Set(i, Ignored);
        return layer;
    }

    private void DrawTags(Canvas canvas, ReadOnlySpan<int> references, TargetShape shape, in AffineTransform heatmapToDrawing, Color color)
    {
        int plane = shape.Width * shape.Height, side = FactorOf(shape) * Math.Max(shape.InputWidth, shape.InputHeight);
        var places = new (double X, double Y)?[shape.Keypoints];
        for (int i = 0; i < references.Length; i += 2)
        {
            if (references[i + 1] == 0) continue;
            int pixel = references[i] % plane;
            places[references[i] / plane] = heatmapToDrawing.Apply(pixel % shape.Width, pixel / shape.Width);
        }

        foreach (Limb limb in model.Skeleton.Limbs)
            if (places[limb.From] is var (x1, y1) && places[limb.To] is var (x2, y2)) canvas.Line(x1, y1, x2, y2, color, side * LineShare);
        foreach (var place in places)
        {
            if (place is not var (x, y)) continue;
            canvas.Circle(x, y, side * DotShare, Outline);
            canvas.Circle(x, y, side * DotShare * 0.7, color);
        }
    }
}
