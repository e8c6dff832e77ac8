using Akimbo.Imaging;

namespace Akimbo.Rendering;

/// <summary>
/// Colours of one lightness and one saturation, which differ in hue alone: hues that are as far apart look as different
/// (Ottosson, "A perceptual color space for image processing", 2020: OKLCH).
/// </summary>
internal static class PerceptualColors
{
    private const double Lightness = 0.76, Chroma = 0.125;
    private const double FirstHue = 20, LastHue = 310; // From red to violet: the ends are not alike.
    private const double GoldenAngle = 137.507764;

    /// <summary>The colour of a value on a scale.</summary>
    /// <param name="share">How far along the scale, 0 to 1.</param>
    public static Color OnScale(double share) => OfHue(FirstHue + Math.Clamp(share, 0, 1) * (LastHue - FirstHue));

    /// <summary>The colour of the n-th of many things: near numbers have colours far apart.</summary>
    /// <param name="number">0 or more.</param>
    public static Color OfNumber(int number) => OfHue(FirstHue + number * GoldenAngle);

    private static Color OfHue(double degrees)
    {
        double a = Chroma * Math.Cos(degrees * Math.PI / 180), b = Chroma * Math.Sin(degrees * Math.PI / 180);
        double l = Cube(Lightness + 0.3963377774 * a + 0.2158037573 * b);
        double m = Cube(Lightness - 0.1055613458 * a - 0.0638541728 * b);
        double s = Cube(Lightness - 0.0894841775 * a - 1.2914855480 * b);
        return new Color(
            ToByte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
            ToByte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
            ToByte(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
    }

    private static double Cube(double value) => value * value * value;

    // From linear light to sRGB.
    private static byte ToByte(double light)
    {
        light = Math.Clamp(light, 0, 1);
        double value = light <= 0.0031308 ? 12.92 * light : 1.055 * Math.Pow(light, 1 / 2.4) - 0.055;
        return (byte)(value * 255 + 0.5);
    }
}
