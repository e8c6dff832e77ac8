namespace Akimbo.Imaging;

/// <summary>Checks of arrays that come with their sides.</summary>
internal static class Plane
{
    /// <exception cref="ArgumentException">The sides are below 1, or their product is not the length.</exception>
    public static void Check(int length, int width, int height, int channels, string name)
    {
        if (width < 1 || height < 1 || channels < 1)
            throw new ArgumentException($"{name}: the shape [{height}, {width}, {channels}] came, sides of at least 1 are expected.", name);
        if ((Int128)width * height * channels != length)
            throw new ArgumentException($"{name}: {length} values came, the shape [{height}, {width}, {channels}] needs {(Int128)width * height * channels}.", name);
    }
}
