using System.Numerics;

namespace Akimbo.Imaging;

/// <summary>
/// Changes a picture's colours: hue and saturation in HSV, then brightness, then the distance of each channel from the pixel's
/// grey (pytorch_stacked_hourglass and pose-ae-train, <c>dp.py</c>, <c>preprocess</c>, which call the last contrast).
/// </summary>
/// <param name="HueDegrees">What is added to the hue; any angle.</param>
/// <param name="Saturation">What the saturation is multiplied by, 1 for no change; 0 or more.</param>
/// <param name="Brightness">What is added to all channels, of the range 0 to 1.</param>
/// <param name="Contrast">What the distance from the mean of the three channels is multiplied by, 1 for no change.</param>
public readonly record struct ColorJitter(double HueDegrees, double Saturation, double Brightness, double Contrast)
{
    /// <summary>The jitter that changes nothing.</summary>
    public static ColorJitter None { get; } = new(0, 1, 0, 1);

    // OpenCV's float epsilon keeps grey pixels, whose hue is none, from dividing by zero.
    private const float Epsilon = 1.1920929e-7f;

    /// <summary>Changes a picture in place.</summary>
    /// <param name="red">The red of every pixel, 0 to 1.</param>
    /// <param name="green">The green of every pixel, as many.</param>
    /// <param name="blue">The blue of every pixel, as many.</param>
    /// <exception cref="ArgumentException">The planes differ in length.</exception>
    public void Apply(Span<float> red, Span<float> green, Span<float> blue)
    {
        if (green.Length != red.Length || blue.Length != red.Length)
            throw new ArgumentException($"The three planes have {red.Length}, {green.Length} and {blue.Length} pixels; they must have the same.", nameof(green));

        int done = 0;
        for (; done <= red.Length - Vector<float>.Count; done += Vector<float>.Count)
        {
            var r = new Vector<float>(red[done..]);
            var g = new Vector<float>(green[done..]);
            var b = new Vector<float>(blue[done..]);
            ApplyTo(ref r, ref g, ref b);
            r.CopyTo(red[done..]);
            g.CopyTo(green[done..]);
            b.CopyTo(blue[done..]);
        }

        ApplyPlainly(red[done..], green[done..], blue[done..]);
    }

    /// <summary>The definition of <see cref="Apply"/>, a pixel at a time.</summary>
    internal void ApplyPlainly(Span<float> red, Span<float> green, Span<float> blue)
    {
        for (int i = 0; i < red.Length; i++)
        {
            var (hue, saturation, value) = ToHsv(red[i], green[i], blue[i]);
            float sector = Wrapped(hue / 60 + Turn, 6);
            float chroma = value * Math.Clamp(saturation * (float)Saturation, 0, 1);
            float r = Channel(5, sector, value, chroma) + (float)Brightness;
            float g = Channel(3, sector, value, chroma) + (float)Brightness;
            float b = Channel(1, sector, value, chroma) + (float)Brightness;
            float grey = (r + g + b) * (1f / 3);
            red[i] = Math.Clamp((r - grey) * (float)Contrast + grey, 0, 1);
            green[i] = Math.Clamp((g - grey) * (float)Contrast + grey, 0, 1);
            blue[i] = Math.Clamp((b - grey) * (float)Contrast + grey, 0, 1);
        }
    }

    /// <summary>Hue in degrees from 0 to 360, saturation and value from 0 to 1, as <c>cv2.cvtColor</c> gives for floats.</summary>
    internal static (float Hue, float Saturation, float Value) ToHsv(float r, float g, float b)
    {
        float value = MathF.Max(r, MathF.Max(g, b)), range = value - MathF.Min(r, MathF.Min(g, b));
        float scale = 60 / (range + Epsilon);
        float hue = value == r ? (g - b) * scale : value == g ? (b - r) * scale + 120 : (r - g) * scale + 240;
        return (hue < 0 ? hue + 360 : hue, range / (MathF.Abs(value) + Epsilon), value);
    }

    // The hue's change in sixths of a turn, from 0 to 6.
    private float Turn => (float)(HueDegrees / 60 - 6 * Math.Floor(HueDegrees / 360));

    private static float Wrapped(float value, float period) => value >= period ? value - period : value;

    private static float Channel(float offset, float sector, float value, float chroma)
    {
        float k = Wrapped(sector + offset, 6);
        return value - chroma * Math.Clamp(MathF.Min(k, 4 - k), 0, 1);
    }

    private void ApplyTo(ref Vector<float> r, ref Vector<float> g, ref Vector<float> b)
    {
        var value = Vector.Max(r, Vector.Max(g, b));
        var range = value - Vector.Min(r, Vector.Min(g, b));
        var scale = Vector<float>.One / (range + new Vector<float>(Epsilon));
        var sector = Vector.ConditionalSelect(
            Vector.Equals(value, r), (g - b) * scale,
            Vector.ConditionalSelect(Vector.Equals(value, g), (b - r) * scale + new Vector<float>(2f), (r - g) * scale + new Vector<float>(4f)));
        sector = Vector.ConditionalSelect(Vector.LessThan(sector, Vector<float>.Zero), sector + new Vector<float>(6f), sector);
        sector = Wrapped(sector + new Vector<float>(Turn));
        var chroma = value * Clamped(range / (Vector.Abs(value) + new Vector<float>(Epsilon)) * (float)Saturation);
        var brightness = new Vector<float>((float)Brightness);
        r = Channel(5, sector, value, chroma) + brightness;
        g = Channel(3, sector, value, chroma) + brightness;
        b = Channel(1, sector, value, chroma) + brightness;
        var grey = (r + g + b) * (1f / 3);
        r = Clamped((r - grey) * (float)Contrast + grey);
        g = Clamped((g - grey) * (float)Contrast + grey);
        b = Clamped((b - grey) * (float)Contrast + grey);
    }

    private static Vector<float> Wrapped(Vector<float> value)
    {
        var six = new Vector<float>(6f);
        return Vector.ConditionalSelect(Vector.GreaterThanOrEqual(value, six), value - six, value);
    }

    private static Vector<float> Clamped(Vector<float> value) => Vector.Min(Vector.Max(value, Vector<float>.Zero), Vector<float>.One);

    private static Vector<float> Channel(float offset, Vector<float> sector, Vector<float> value, Vector<float> chroma)
    {
        var k = Wrapped(sector + new Vector<float>(offset));
        return value - chroma * Clamped(Vector.Min(k, new Vector<float>(4f) - k));
    }
}
